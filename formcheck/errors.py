"""The failures a person can do something about."""


class FormcheckError(Exception):
    """An expected failure. Its text is one sentence that says what is wrong and what to do."""
