"""An import that loads no matplotlib, for a library that asks for it and can do without."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Final

_LIBRARY: Final = "matplotlib"
_PLOTS: Final = "matplotlib.pyplot"


@contextmanager
def no_plots() -> Iterator[None]:
    """Within it `import matplotlib.pyplot` gives an empty module; afterwards the real one again.

    (For mediapipe up to 0.10.21, which an Intel Mac and ARM Linux get; later ones ask for none.)
    To load it takes longer than all the rest of MediaPipe, and it looks through the fonts of the
    machine, writes a list of them into a folder that it must be able to write to, and tells the
    person about it. Who has loaded it already keeps it.
    """
    spec = find_spec(_LIBRARY)
    if _LIBRARY in sys.modules or spec is None:
        yield
        return
    library, plots = module_from_spec(spec), ModuleType(_PLOTS)
    library.__dict__["pyplot"] = plots
    sys.modules.update({_LIBRARY: library, _PLOTS: plots})
    try:
        yield
    finally:
        for name in (_LIBRARY, _PLOTS):
            sys.modules.pop(name, None)
