package org.dropfolder.ideogram;

import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/** The body of a request for one picture: a form of texts. */
public final class SampleForm {
    private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);

    private SampleForm() {
    }

    /** @param modelUri of the custom model that draws it */
    public static HttpEntity entity(String prompt, String modelUri, RenderingSpeed speed) {
        return MultipartEntityBuilder.create()
                // without this a charset, which a form does not have, would stick to the type
                .setContentType(ContentType.create("multipart/form-data"))
                .addTextBody("prompt", prompt, TEXT)
                .addTextBody("custom_model_uri", modelUri, TEXT)
                .addTextBody("rendering_speed", speed.name(), TEXT)
                .addTextBody("num_images", "1", TEXT)
                .build();
    }
}
