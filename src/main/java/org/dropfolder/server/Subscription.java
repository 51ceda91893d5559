package org.dropfolder.server;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.pipeline.Seal;
import org.dropfolder.pipeline.Subscriber;

/** Who is told of each event of interest, as the settings say. */
final class Subscription {
    private Subscription() { }

    /**
     * The subscriber; none where no address was set. In a simulated run nobody beyond this machine is told of anything.
     *
     * @param texts    the text of every key, each one that its kind can read
     * @param warnings gets what is allowed, and better known
     * @throws SettingsException if the settings don't go together
     */
    static Optional<Subscriber> of(Map<String, String> texts, boolean simulated, List<String> warnings) {
        Optional<URI> address = Keys.NOTIFY_URL.in(texts);
        Secret secret = Keys.NOTIFY_SECRET.in(texts);
        if (address.isPresent() && !secret.isSet()) {
            throw new SettingsException("dropfolder.notify.url is set, so dropfolder.notify.secret must be, too, by which the receiver knows "
                    + "who sends: whsec_ and 24 to 64 bytes in base64, as this makes one: echo whsec_$(openssl rand -base64 32)");
        }
        boolean here = address.filter(Kind::isThisMachine).isPresent();
        if (simulated && address.isPresent() && !here) {
            warnings.add("dropfolder.notify.url is not used by a simulated run, of which nothing leaves this machine");
            return Optional.empty();
        }
        if (address.filter(url -> url.getScheme().equalsIgnoreCase("http")).isPresent() && !here) {
            warnings.add("dropfolder.notify.url is plain http: what it is told can be read on its way. Use https");
        }
        return address.map(url -> new Subscriber(url, Seal.of(secret.reveal())));
    }
}
