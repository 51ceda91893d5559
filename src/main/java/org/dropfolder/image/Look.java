package org.dropfolder.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Objects;
import java.util.Optional;

/**
 * What was measured of a picture while it was read, as it is stored: no camera's turn is applied. Shares lie from 0 to 1.
 *
 * @param width       in pixels, as {@code height}
 * @param orientation how Exif says that the camera was held, 1 to 8; 1 where it says nothing
 * @param camera      whether Exif names the camera
 * @param transparent the share of its pixels through which one can see
 * @param hash        what pictures that look alike have in common
 */
public record Look(ImageFormat format, int width, int height, int orientation, boolean camera, double transparent, Light light,
                   Texture texture, PerceptualHash hash) {
    private static final ObjectMapper JSON = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /** All of it was measured. */
    public Look {
        Objects.requireNonNull(format);
        Objects.requireNonNull(light);
        Objects.requireNonNull(texture);
        Objects.requireNonNull(hash);
    }

    /**
     * How bright it is.
     *
     * @param mean   of all pixels
     * @param spread their standard deviation
     * @param dark   the share of those that are nearly black
     * @param bright the share of those that are nearly white
     */
    public record Light(double mean, double spread, double dark, double bright) { }

    /**
     * How fine it is.
     *
     * @param sharpness how strongly brightness bends from pixel to pixel in its sharpest parts, beside its contrast there; seen at about
     *                  a thousand pixels, since what is lost at that size no training sees
     * @param flat      the share of pixels that equal the one beside them, as painted surfaces do and photographed ones don't
     * @param colours   how many of 32,768 colours are in it
     */
    public record Texture(double sharpness, double flat, int colours) { }

    /** It as a text of a few hundred letters, to be kept. */
    public String written() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Could not write down what was measured of a picture.", e);
        }
    }

    /** What was {@linkplain #written written}; nothing where that can't be read, as of another version. */
    public static Optional<Look> read(String written) {
        try {
            return Optional.of(JSON.readValue(written, Look.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
