package org.dropfolder.simulator;

/** A request that the contract forbids; its message says in one sentence what was wrong. */
final class Refusal extends Exception {
    private final int status;

    private Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    static Refusal unauthorized(String message) {
        return new Refusal(401, message);
    }

    static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    int status() {
        return status;
    }
}
