package org.dropfolder.simulator;

/** A request that nothing is done for, mostly since the contract forbids it; its message says why in one sentence. */
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

    static Refusal failed(String message) {
        return new Refusal(500, message);
    }

    int status() {
        return status;
    }
}
