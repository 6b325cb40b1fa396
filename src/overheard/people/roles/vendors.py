"""Who sells something of another company? They disclose it, or keep linking what is plainly their own site.

Customers own companies too and link their own sites to ask about them, so whoever asks there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from overheard.people.roles.said import Said, linked_sites, shortened

_NAME = r"(?-i:[A-Z])"
_DISCLOSES = re.compile(
    r"\b(?:(?:disclosure|disclaimer|disclosing|in the interest of (?:full )?transparency)\W{1,4}(?:that )?"
    r"(?:(?:i|we)(?:['’](?:m|re|ve)| am| are| have)? (?:(?:also|currently|just|actually) )?"
    # "I run Linux", "I made a mistake", "I work at night" disclose nothing: a name or the company must follow.
    rf"(?:(?:work|working|consult) (?:for|at) (?:{_NAME}|an? (?:competitor|vendor)|them\b|the (?:company|vendor))"
    r"|(?:an? |the |one of the )(?:co-?)?(?:founders?|ceo|cto|makers?|creators?|vendors?|resellers?|affiliates?)\b"
    rf"|(?:an? |the |one of the )(?:owners?|authors?|developers?|employees?) (?:of|at|for|behind) (?:{_NAME}|this|it\b)"
    rf"|(?:founded|built|made|created|develop|developed|sell) (?:{_NAME}|it\b|this (?:app|tool|product|plugin|service))"
    r"|affiliated with\b)"
    r"|(?:this is |it['’]s )?(?:my|our) (?:own )?(?:company|product|app|tool|startup|site|service|employer)\b)"
    r"|(?:i|we)(?:['’](?:m|re)| am| are) (?:affiliated with|a vendor of|an? (?:authori[sz]ed )?resellers? (?:of|for)"
    r"|a sales \w+ (?:at|for|with))\b)",
    re.I,
)
_DISCLOSES_NOT = re.compile(r"\bnot affiliated\b|\bno affiliation\b", re.I)
_DISCLOSING_SHARE = 0.25
"""Of a person's posts; who discloses a sideline once in many posts is still a customer in the others."""
_SPEAKS_AS_US = re.compile(r"\b(?:we|our|us)\b", re.I)
_ANYBODYS = re.compile(
    # Where anybody puts pictures, files, code and videos.
    r"(?:^|\.)(?:imgur|postimg|imgbb|flickr|photobucket|pastebin|github|gitlab|githubusercontent|bitbucket|youtube|youtu"
    r"|vimeo|dropbox|google|googleusercontent|gyazo|prnt|tinypic|facebook|twitter|instagram|reddit|linkedin|wikipedia"
    r"|medium|blogspot|wordpress|jsfiddle|codepen|archive|amazon|ebay|microsoft|apple|mozilla|stackoverflow)\."
)
_NAMED_THREADS = 3
_OWN_THREADS = 5
_LINKING_SHARE = 0.6
_LEAST_NAME = 5


def vendor_evidence(said: Sequence[Said], names: Collection[str], linkers: Mapping[str, int]) -> tuple[str, ...]:
    """Tell what shows that one person sells for another company; () for everybody else.

    Args:
        said: everything the person said, at least one.
        names: the person's shown names.
        linkers: how many people link each site.
    """
    telling = [
        match[0] for one in said if (match := _DISCLOSES.search(one.text)) and not _DISCLOSES_NOT.search(one.text)
    ]
    evidence = []
    if telling and len(telling) >= _DISCLOSING_SHARE * len(said):
        evidence.append(f"discloses whom they work for: {shortened(telling[0])}")
    threads: dict[str, set[str]] = defaultdict(set)
    posts: dict[str, list[str]] = defaultdict(list)
    for one in said:
        for site in (site for site in linked_sites(one.text) if not _ANYBODYS.search(site)):
            threads[site].add(one.document_id)
            posts[site].append(one.text)
    for site in sorted(threads):
        is_named = _is_named_after(site, names) and len(threads[site]) >= _NAMED_THREADS
        is_own = linkers.get(site, 0) <= 1 and len(threads[site]) >= _OWN_THREADS and _speaks_as_us(posts[site])
        asks = any("?" in text for text in posts[site])
        if (is_named or is_own) and not asks and len(posts[site]) >= _LINKING_SHARE * len(said):
            evidence.append(f"links one own site again and again: {site} in {len(threads[site])} threads")
    return tuple(evidence)


def _speaks_as_us(texts: Sequence[str]) -> bool:
    return 2 * sum(bool(_SPEAKS_AS_US.search(text)) for text in texts) >= len(texts)


def _is_named_after(site: str, names: Collection[str]) -> bool:
    """Tell whether an account is called as a site is: `Kiln Works` and kilnworks.example."""
    labels = {label for label in site.split(".")[:-1] if len(label) >= _LEAST_NAME}
    return any(re.sub(r"[\W_]", "", name.casefold()) in labels for name in names)
