"""Names become pseudonyms, contact details are blotted out before anything is shown, small groups are not shown."""

from overheard.privacy.pseudonyms import new_key, person_id_of
from overheard.privacy.scrub import Blotter

__all__ = ["Blotter", "new_key", "person_id_of"]
