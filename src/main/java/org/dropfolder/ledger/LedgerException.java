package org.dropfolder.ledger;

/** The ledger can't be opened or used; the message says what was tried, what came back and what to do. */
public class LedgerException extends RuntimeException {
    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }

    public LedgerException(String message) {
        super(message);
    }
}
