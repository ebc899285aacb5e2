"""Every operation under every fault, over real sockets: ``python -m faults``, or ``make faults``.

A cell of the matrix is an operation, a fault, a wire and a transport, as in
``delete/captive-200/json/sync``. Each has an engine, a proxy in front of it and a connection of its
own. What happened is judged by what the engine did and what the caller was told.
"""
