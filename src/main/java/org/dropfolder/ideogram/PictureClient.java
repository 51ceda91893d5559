package org.dropfolder.ideogram;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.io.CloseMode;

/**
 * Fetches pictures from where an answer of the API says that they are: another's house, which gets no key, and is not believed. Only
 * public hosts by https, and where the API itself is on this machine, this machine; no redirect is followed; so many bytes and so much
 * time, and no more. Thread safe.
 *
 * <p>What a request ends with: a picture's bytes, or a {@link PictureException}, also while they are read.
 */
public final class PictureClient implements AutoCloseable {
    /** Bytes, as for any image that Ideogram takes. */
    public static final long LARGEST = 25L * 1024 * 1024;
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);
    private static final int CONNECTIONS = 4;

    private final Duration longest;
    private final Requests requests;
    private final boolean thisMachineToo;
    private final PoolingHttpClientConnectionManager connections;
    private final ScheduledThreadPoolExecutor deadlines = Transport.watch();

    /**
     * @param api      where the API is
     * @param longest  from the request to the last byte
     * @param requests is told of every request
     */
    public PictureClient(URI api, Duration longest, Requests requests) {
        this.longest = longest;
        this.requests = requests;
        this.thisMachineToo = api.getScheme().equals("http");
        this.connections = Transport.connections(CONNECTIONS, longest, new PublicAddresses(thisMachineToo));
    }

    /** Makes a fetcher of pictures of what the builder builds. Comes last. */
    public void configure(HttpClientBuilder builder) {
        Transport.configure(builder, longest);
        builder.setConnectionManager(connections)
                .setConnectionManagerShared(true)
                .setConnectionReuseStrategy((request, response, context) -> false)
                .addExecInterceptorFirst("picture", this::fetch);
    }

    /** Breaks off what is under way, and lets nothing more out. */
    @Override
    public void close() {
        deadlines.shutdownNow();
        connections.close(CloseMode.IMMEDIATE);
    }

    private ClassicHttpResponse fetch(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException {
        String scheme = scope.route.getTargetHost().getSchemeName();
        if (!scheme.equals("https") && !(thisMachineToo && scheme.equals("http"))) {
            throw new PictureException("its address is not an https one", false);
        }
        // a server that sends a byte now and then would go on for ever
        ScheduledFuture<?> deadline = deadlines.schedule(scope.execRuntime::discardEndpoint, longest.toMillis(), TimeUnit.MILLISECONDS);
        boolean handedOn = false;
        requests.before("GET picture");
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            handedOn = response.getCode() == 200 && response.getEntity() != null;
            if (!handedOn) {
                scope.execRuntime.discardEndpoint();
                throw refusal(response.getCode());
            }
            response.setEntity(new Bounded(response.getEntity(), deadline));
            return response;
        } catch (PictureException known) {
            throw known;
        } catch (IOException | HttpException | RuntimeException failure) {
            throw broken(failure);
        } finally {
            if (!handedOn) {
                deadline.cancel(false);
            }
            requests.after("GET picture");
        }
    }

    private static PictureException refusal(int status) {
        return new PictureException(status == 200 ? "nothing came" : "its host answered " + status, PASSING.contains(status) || status / 100 == 5);
    }

    private static PictureException broken(Exception failure) {
        boolean isPrivate = Causes.of(failure, PublicAddresses.PrivateAddressException.class).isPresent();
        return new PictureException(isPrivate ? "its host is in a private network" : "it did not come whole (" + reason(failure) + ")",
                !isPrivate, failure);
    }

    /** Messages of libraries hold addresses, and these what gives access. */
    private static String reason(Exception failure) {
        return failure.getClass().getSimpleName();
    }

    /** Ends the deadline where its bytes are closed. */
    private static final class Bounded extends HttpEntityWrapper {

        private final ScheduledFuture<?> deadline;

        Bounded(HttpEntity picture, ScheduledFuture<?> deadline) {
            super(picture);
            this.deadline = deadline;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new BoundedStream(super.getContent(), deadline);
        }
    }

    /** No more than {@link #LARGEST}; what an answer says of its own length is not believed. */
    private static final class BoundedStream extends FilterInputStream {

        private final ScheduledFuture<?> deadline;
        private long left = LARGEST;

        BoundedStream(InputStream in, ScheduledFuture<?> deadline) {
            super(in);
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read;
            try {
                read = in.read(bytes, from, length);
            } catch (IOException failure) {
                throw broken(failure);
            }
            left -= Math.max(0, read);
            if (left < 0) {
                throw new PictureException("it has more than " + LARGEST / (1024 * 1024) + " MB", false);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            deadline.cancel(false);
            super.close();
        }
    }
}
