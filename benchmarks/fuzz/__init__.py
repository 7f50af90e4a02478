"""Bad input, in numbers: what strangers' files, tired detectors and typing errors may bring."""
