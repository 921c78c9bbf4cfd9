"""Timestamps of what is kept (RFC 3161): that it was there, so and not otherwise, at an instant.

They tell the day and the integrity of a copy, and nothing of where it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BadInput, ServerUnavailable, requiring_extra
from tracker.evidence.bounds import Bounds
from tracker.evidence.fetching import posted
from tracker.evidence.taking import exhibit
from tracker.message import Message
from tracker.model import Exhibit

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_ASKED = "application/timestamp-query"


class Stamped(NamedTuple):
    """When something was stamped (UTC) and who says so; not `is_held` if no trusted one vouches."""

    at: datetime
    authority: str
    is_held: bool


def stamped(
    copy: Exhibit,
    content: bytes,
    url: str,
    bounds: Bounds,
    clock: Callable[[], datetime],
    trusted: Sequence[Certificate] = (),
) -> tuple[Exhibit, bytes]:
    """Have a copy stamped by the authority at `url`, and return its token to be kept.

    Raises ServerUnavailable for an authority that gives none, or one that is not of this copy.
    """
    _need()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    asked = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
    token = posted(url, asked.as_bytes(), _ASKED, bounds)
    try:
        answer = _decoded(token)
        if answer.tst_info.nonce != asked.nonce:
            raise BadInput(_WRONG, reason=Message("it is not of this request"))
        read(token, copy.sha256, trusted)
    except BadInput as error:
        raise ServerUnavailable(
            "{url} gave no timestamp: {reason}", "Try another.", url=url, reason=error.message
        ) from None
    at = answer.tst_info.gen_time.strftime("%Y%m%d-%H%M%S")
    described = exhibit(token, f"{copy.name}-{at}.tsr", url, clock(), copy.sha256)
    return described, token


_WRONG = Message("The timestamp is not good: {reason}.")


def read(token: bytes, digest: str, trusted: Sequence[Certificate] = ()) -> Stamped:
    """What a token says of the content with this SHA-256.

    Raises BadInput for one that is of something else, is broken, or that none of the `trusted`
    certificates vouches for, and ExtraMissing.
    """
    _need()
    from rfc3161_client import VerificationError, VerifierBuilder

    answer = _decoded(token)
    if answer.tst_info.message_imprint.message.hex() != digest:
        raise BadInput(_WRONG, reason=Message("it is of another content"))
    signer = _signer(answer)
    if trusted:
        verifier = VerifierBuilder(roots=list(trusted)).build()
        try:
            verifier.verify(answer, bytes.fromhex(digest))
        except (VerificationError, ValueError):
            unheld = Message("the certificates that are trusted do not vouch for it")
            raise BadInput(_WRONG, reason=unheld) from None
    return Stamped(answer.tst_info.gen_time, signer.subject.rfc4514_string(), bool(trusted))


def certificates(content: bytes, name: str) -> list[Certificate]:
    """The certificates of a PEM file. Raises BadInput."""
    _need()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(content)
    except ValueError:
        raise BadInput(
            "{name} has no certificate in PEM form.", "Give one that has.", name=name
        ) from None


def _decoded(token: bytes) -> TimeStampResponse:
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        answer = decode_timestamp_response(token)
        is_granted = PKIStatus(answer.status) in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS)
        _ = is_granted and answer.tst_info
    except ValueError:
        raise BadInput(_WRONG, reason=Message("it cannot be read")) from None
    if not is_granted:
        raise BadInput(_WRONG, reason=Message("it was not granted"))
    return answer


def _signer(answer: TimeStampResponse) -> Certificate:
    """The certificate of who signed it, as the token itself has it."""
    from cryptography.x509 import load_der_x509_certificate

    signed = answer.signed_data
    for certificate in map(load_der_x509_certificate, sorted(signed.certificates)):
        for info in signed.signer_infos:
            if (certificate.issuer, certificate.serial_number) == (info.issuer, info.serial_number):
                return certificate
    raise BadInput(_WRONG, reason=Message("it has no certificate of who signed it"))


def _need() -> None:
    with requiring_extra("Timestamps need {name}, which is not installed.", extra="evidence"):
        import rfc3161_client  # noqa: F401  # asked for before anything is done
