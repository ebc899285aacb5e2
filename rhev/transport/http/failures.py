"""The errors of an exchange that failed: what went wrong, and what would be right."""

from __future__ import annotations

import ssl

from rhev import errors
from rhev.transport.base import Request, origin
from rhev.transport.http.attempt import Attempt, Stage
from rhev.transport.risks import CA_PATH


def timed_out(attempt: Attempt, max_connections: int) -> errors.Timeout:
    """The error for an exchange that took too long, which says what ended it."""
    silence = f"{attempt.silence:g} seconds"
    if attempt.stage is Stage.WAITING:
        message = (
            f"all {max_connections} connections of the pool were in use for "
            f"{_seconds(attempt) if attempt.is_over else silence}: allow more with max_connections="
        )
    elif attempt.is_over:
        message = f"no whole answer within {_seconds(attempt)}: see timeout="
    elif attempt.stage is Stage.CONNECTING:
        message = "the engine accepted no connection in time"
    else:
        message = f"the engine was silent for {silence}: see read_timeout="
    return errors.Timeout(message, exchange_of(attempt), delivered=attempt.stage is Stage.SENT)


def _seconds(attempt: Attempt) -> str:
    return f"{round(attempt.seconds, 2):g} seconds"


def lost(attempt: Attempt, error: BaseException) -> errors.ConnectionError:
    """The error for a connection that could not be had, or was had and lost."""
    if attempt.stage is Stage.SENT:
        message = f"the connection was lost: {plainly(error)}"
    else:
        message = why_no_connection(attempt.request, error)
    return errors.ConnectionError(
        message, exchange_of(attempt), delivered=attempt.stage is Stage.SENT
    )


def refused_by_proxy(attempt: Attempt, why: str) -> errors.ConnectionError:
    """The error for a proxy that does not let a request through."""
    return errors.ConnectionError(
        f"the proxy refused: {why}", exchange_of(attempt), delivered=False
    )


def unasked(request: Request, status: int) -> errors.WrongAnswer:
    """The error for a response behind which there is more, which would answer the next request."""
    return errors.WrongAnswer(
        "more than one response came to one request; the connection was dropped",
        errors.Exchange(request.method, request.url, status),
    )


def crossed(request: Request, status: int) -> errors.WrongAnswer:
    """The error for a response that has the correlation id of another request."""
    return errors.WrongAnswer(
        "the answer has the correlation id of another request; the connection was dropped",
        errors.Exchange(request.method, request.url, status),
    )


def exchange_of(attempt: Attempt) -> errors.Exchange:
    """What is told of an exchange without a response."""
    return errors.Exchange(attempt.request.method, attempt.request.url)


def meaning(error: Exception, attempt: Attempt, max_connections: int) -> Exception:
    """The error that says what an exception of httpcore, or of a socket, means for a request."""
    import httpcore

    match error:
        case errors.Error():
            return error.with_traceback(None)  # whose frames have the response in them
        case TimeoutError() | httpcore.TimeoutException():
            return timed_out(attempt, max_connections)
        case httpcore.ProxyError():
            return refused_by_proxy(attempt, plainly(error))
        case httpcore.LocalProtocolError():
            return forbidden(attempt.request)
        case httpcore.RemoteProtocolError():
            # What follows quotes what came, which may be a cookie.
            return lost(attempt, OSError(plainly(error).partition(":")[0]))
        case OSError() | httpcore.NetworkError() | httpcore.ProtocolError():
            return lost(attempt, error)
    return error


def forbidden(request: Request) -> ValueError:
    """The error for a header that cannot be sent, which is not quoted: it may be a credential."""
    exchange = errors.Exchange(request.method, request.url)
    return ValueError(f"{exchange}: a header has a character that HTTP forbids")


def why_no_connection(request: Request, error: BaseException) -> str:
    """What went wrong before anything was sent, and what would be right."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    engine = origin(request.url)
    if isinstance(cause, ssl.SSLCertVerificationError):
        if "ostname mismatch" in cause.verify_message or "address mismatch" in cause.verify_message:
            return (
                f"the certificate of {engine} is for another name ({cause.verify_message}): "
                "connect by the name that the certificate has"
            )
        return (
            f"the certificate of {engine} was not verified ({cause.verify_message}): pass ca_file= "
            f"with the CA that signed it. The engine's own CA can be fetched from {engine}{CA_PATH}"
        )
    if cause is not None:
        return f"{engine} does not speak TLS as it should: {cause}"
    return f"no connection to {engine}: {plainly(error)}"


def plainly(error: BaseException) -> str:
    """What an exception says, or else what it is: some have nothing to say but brackets."""
    said = str(error)
    return said if said.strip("() ,'\"") else type(error).__name__
