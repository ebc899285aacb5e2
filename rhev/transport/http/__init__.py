"""The transports that reach an engine over the network: what they share, and one for each way.

``httpcore``, which is httpx without its client, carries :class:`HttpTransport` and its twin:
redirects, cookies, authentication and decompression are decided here, so nothing is done twice.
It is imported at the first request, so that programs which never send one do not pay for it.
"""
