package org.dropfolder.image;

import java.util.Optional;

/** The reasons that a file's own content gives: its type, or its condition. */
final class Unusable {
    private Unusable() {}

    /** Why a file that is not empty can't be sent as it is; nothing where it can. */
    static Optional<Reason> reason(String name, Content content) {
        if (!content.condition().isThere() && content.condition() != Condition.DOUBTFUL) {
            return Optional.of(of(name, content.condition()));
        }
        return content.format().isPresent() ? Optional.empty() : Optional.of(of(name, content.type()));
    }

    static Reason of(String name, Condition condition) {
        return switch (condition) {
            case UNFINISHED -> endsTooEarly(name);
            case BROKEN -> damaged(name);
            case UNUSUAL -> unusual(name);
            case TOO_MANY_PIXELS -> tooManyPixels(name);
            case WHOLE, BLANK_END, DOUBTFUL -> throw new IllegalArgumentException("nothing stands against an image that is " + condition);
        };
    }

    static Reason of(String name, FileType type) {
        String code = type.name();
        return switch (type) {
            case ANIMATED_WEBP -> image(name, code, "is a moving WebP image, and only still ones can be used. Save one"
                + " picture of it as JPEG or PNG, and drop that.");
            case BMP, GIF, TIFF -> image(name, code, "is a " + code + " image, and only JPEG, PNG and WebP can be used."
                + " Renaming does not help. " + Reason.DROP_ANEW);
            case HEIC -> image(name, code, "is a HEIC photo, as iPhones take them, and can't be used. On a Mac, open it in"
                + " Preview and export it as JPEG; on the phone, choose Most Compatible under Settings, Camera, Formats.");
            case AVIF -> image(name, code, "is an AVIF image, and can't be used. Open it in a browser"
                + " or an image program, save it as JPEG or PNG, and drop the new file.");
            case RAW -> image(name, code, "is a raw photo as the camera took it, and can't be used before it is developed."
                + " Open it in your photo program, export it as JPEG, and drop the new file.");
            case PSD -> image(name, code, "is a Photoshop document, and can't be used with its layers. Open it in"
                + " Photoshop, export it as JPEG or PNG, and drop the new file.");
            case SVG -> image(name, code, "is a drawing made of lines, not of pixels. Open it in your drawing program, export it"
                + " as PNG with 1,024 pixels or more on each side, and drop the new file.");
            case VIDEO -> image(name, code, "is a film, and only still images can be used. Stop it at a good moment, save"
                + " that picture as JPEG or PNG, and drop it.");
            case AUDIO -> image(name, code, "is a sound, and only images can be used. Take it out of the folder's way.");
            case DOCUMENT -> image(name, code, "is a document or a web page, and only images can be used. Save the images"
                + " in it as JPEG or PNG, and drop those.");
            case ZIP, ARCHIVE -> image(name, code, "is an archive of a kind that is not opened here. Unpack it, and drop"
                + " the images that are in it.");
            case TEXT -> image(name, code, "is not a JPEG, PNG or WebP image, but a text. Only captions may be texts: they end in"
                + " .txt, and are named like their image (photo.jpg and photo.txt).");
            case OTHER -> Reason.notAnImage(name);
            case JPEG, PNG, WEBP -> throw new IllegalArgumentException("nothing stands against a " + type);
        };
    }

    private static Reason image(String name, String code, String what) {
        return new Reason(code, Reason.shown(name) + " " + what);
    }

    /** It ends too early, or there are zeros in the place of its data. */
    private static Reason endsTooEarly(String name) {
        return new Reason("ENDS_TOO_EARLY", Reason.shown(name) + " is not all there: its end is missing, or a part of it."
                + " Perhaps its copying was broken off. Copy it into the folder once more.");
    }

    /** What is there can't be opened. */
    static Reason damaged(String name) {
        return new Reason("DAMAGED", Reason.shown(name) + " is an image, but damaged: programs can't open it, or show only a part"
                + " of it. Take it anew from where it came from, and drop that copy.");
    }

    /** It is of a kind of its type that few programs open. */
    private static Reason unusual(String name) {
        return new Reason("UNUSUAL", Reason.shown(name) + " is an image of a rare kind that few programs open."
                + " Open it in the program that made it, export it as a usual JPEG or PNG, and drop the new file.");
    }

    /** It claims to have more pixels than can be opened. */
    static Reason tooManyPixels(String name) {
        return new Reason("TOO_MANY_PIXELS", Reason.shown(name) + " has more pixels than can be opened here. Export it"
                + " smaller, as JPEG or PNG, and drop the new file.");
    }
}
