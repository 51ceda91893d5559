package org.dropfolder.ideogram;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * What came of one harmless question: whether the API can be reached, whether it takes the key, and what time it is there.
 *
 * @param datasets that the account has; empty where the question was not answered
 * @param failure  why not; {@link Failure#of} knows what it means
 * @param date     when it answered, by its own clock; also of a refusal
 */
public record Contact(Optional<DatasetList> datasets, Optional<Exception> failure, Optional<Instant> date) {

    /** Asks for the account's datasets, once. Never throws what the API or the way to it does. */
    public static Contact with(URI url, ApiClient api) {
        AtomicReference<Instant> date = new AtomicReference<>();
        HttpClientBuilder builder = HttpClientBuilder.create().addResponseInterceptorFirst((response, entity, context) -> {
            Header header = response.getFirstHeader(HttpHeaders.DATE);
            date.set(header == null ? null : DateUtils.parseStandardDate(header.getValue()));
        });
        api.configure(builder);
        try (CloseableHttpClient client = builder.build()) {
            DatasetList datasets = client.execute(new HttpGet(url + "/datasets"), answer -> read(answer.getEntity()));
            return new Contact(Optional.of(datasets), Optional.empty(), Optional.ofNullable(date.get()));
        } catch (IOException | RuntimeException failure) {
            return new Contact(Optional.empty(), Optional.of(failure), Optional.ofNullable(date.get()));
        }
    }

    private static DatasetList read(HttpEntity body) throws IOException {
        try {
            return Json.mapper().readValue(body == null ? "" : EntityUtils.toString(body), DatasetList.class);
        } catch (ParseException unreadable) {
            throw new IOException(unreadable);
        }
    }
}
