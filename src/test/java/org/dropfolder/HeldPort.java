package org.dropfolder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of loopback at which nobody answers for a while: whoever connects is refused, and the system gives it to nobody who
 * asks for any. Who means this port, and may reuse it, can listen there already.
 */
public final class HeldPort implements AutoCloseable {
    private final Socket bound = new Socket();

    public HeldPort(int port) throws IOException {
        bound.setReuseAddress(true);
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    @Override
    public void close() throws IOException {
        bound.close();
    }
}
