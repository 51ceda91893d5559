package org.dropfolder.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dropfolder.status.Upload;
import org.dropfolder.status.Whereabouts;

/** What the server tells that works on the data folder, as its lock file says; it has the ledger open already. For one thread. */
public final class ServerView {
    private static final int CONNECT_MS = 500;
    private static final int ANSWER_MS = 3_000;
    private static final int OK = 200;

    private final Settings settings;

    public ServerView(Settings settings) {
        this.settings = settings;
    }

    /** As {@link LedgerView#find}; empty where no server runs on this machine, or it does not answer: the ledger tells the same. */
    public Optional<List<Whereabouts>> find(String typed) {
        return running().flatMap(holder -> ask(holder,
            "/api/files?path=" + encoded(typed) + "&from=" + encoded(Path.of("").toAbsolutePath().toString()), Whereabouts[].class));
    }

    /** How far the large uploads are that are under way; none where no server runs on this machine, or it does not answer. */
    public List<Upload> uploads() {
        return running().flatMap(holder -> ask(holder, "/api/uploads", Upload[].class)).orElse(List.of());
    }

    private Optional<Holder> running() {
        return DataLock.holderOf(settings.folders()).filter(holder -> holder.runsHere() && !holder.url().isEmpty());
    }

    private static <T> Optional<List<T>> ask(Holder holder, String what, Class<T[]> type) {
        try {
            HttpURLConnection request = (HttpURLConnection) URI.create(holder.url() + what).toURL().openConnection(Proxy.NO_PROXY);
            request.setConnectTimeout(CONNECT_MS);
            request.setReadTimeout(ANSWER_MS);
            request.setInstanceFollowRedirects(false);
            request.setRequestProperty("Authorization", "Bearer " + holder.token());
            if (request.getResponseCode() != OK) {
                return Optional.empty();
            }
            try (InputStream answer = request.getInputStream()) {
                return Optional.of(List.of(new ObjectMapper().readValue(answer, type)));
            }
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
