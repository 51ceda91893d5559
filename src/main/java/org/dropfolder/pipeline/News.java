package org.dropfolder.pipeline;

import java.time.Instant;
import java.util.Map;

/**
 * A notice for people, as the steps get it that they add to the routes.
 *
 * @param id      the same at each try
 * @param type    such as {@code training.completed}
 * @param dataset its folder's name; empty where it tells of the server, or of what lies directly in the inbox
 * @param text    a sentence, of one line
 */
public record News(String id, String type, String dataset, String text, Instant at) {

    /** What the incoming webhooks of Slack, Mattermost, Google Chat and others take as JSON. */
    public Map<String, String> chat() {
        return Map.of("text", text);
    }
}
