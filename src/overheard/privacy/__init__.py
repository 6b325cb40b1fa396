"""Names become pseudonyms, contact details are blotted out before anything is shown, small groups are not shown.

Who is forgotten or opts out is not taken in again.
"""

from overheard.privacy.forgotten import Forgotten, Refusals, finished, read_forgotten, write_forgotten
from overheard.privacy.opt_out import NOBODY, OptOuts, load_opt_outs
from overheard.privacy.packed import packed_bytes
from overheard.privacy.pseudonyms import new_key, person_id_of
from overheard.privacy.rows import purged_row
from overheard.privacy.scrub import Blotter
from overheard.privacy.traces import Surroundings, Traces, is_blotted, seal, traces_of

__all__ = [
    "NOBODY",
    "Blotter",
    "Forgotten",
    "OptOuts",
    "Refusals",
    "Surroundings",
    "Traces",
    "finished",
    "is_blotted",
    "load_opt_outs",
    "new_key",
    "packed_bytes",
    "person_id_of",
    "purged_row",
    "read_forgotten",
    "seal",
    "traces_of",
    "write_forgotten",
]
