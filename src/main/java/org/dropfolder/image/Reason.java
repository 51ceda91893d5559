package org.dropfolder.image;

import java.io.Serializable;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a file was set aside, in words for those who dropped it: what it is, why it could not be used, what to do.
 * All such sentences stand in this class and in {@link Unusable}, and each has at most 300 chars.
 *
 * @param code for programs, stable; capital letters and underscores
 * @param text for people, one line
 */
public record Reason(String code, String text) implements Serializable {
    private static final int NAME = 80;
    private static final int WORD = 60;
    static final String DROP_ANEW =
            "Open it in an image program, export it as JPEG or PNG, and drop the new file.";

    private static final String UNPACK = "Unpack it yourself, and drop the images.";
    /** So many chars for names in a list. */
    private static final int PARTS = 110;

    public Reason {
        Objects.requireNonNull(code);
        Objects.requireNonNull(text);
    }

    /**
     * Why an image of this content can't be sent as it is; nothing where it can. What can be converted or unpacked has a
     * reason, too. How many bytes it may have is no matter of it.
     */
    public static Optional<Reason> of(String name, Content content) {
        return content.size() == 0 ? Optional.of(empty(name)) : Unusable.reason(name, content);
    }

    /**
     * Why a whole file of this type can't be sent as it is.
     *
     * @throws IllegalArgumentException if it can
     */
    public static Reason of(String name, FileType type) {
        return Unusable.of(name, type);
    }

    /**
     * Why an image in this condition can't be used.
     *
     * @throws IllegalArgumentException if it can
     */
    public static Reason of(String name, Condition condition) {
        return Unusable.of(name, condition);
    }

    /** There is not one byte in it. */
    public static Reason empty(String name) {
        return new Reason("EMPTY", shown(name) + " is empty; perhaps its copying was broken off."
                + " Copy it into the folder once more.");
    }

    /** It begins like none of the formats that are taken. */
    public static Reason notAnImage(String name) {
        return new Reason("NOT_AN_IMAGE", shown(name) + " is not a JPEG, PNG or WebP image, nor one that could be"
                + " made into one. Renaming does not help. " + DROP_ANEW);
    }

    /**
     * It is larger than allowed; both sizes in bytes. Rounded away from the limit, so that a file one byte too large
     * never seems to be just right.
     */
    public static Reason tooLarge(String name, long size, long limit) {
        return new Reason("TOO_LARGE", shown(name) + " has " + Sizes.human(size, RoundingMode.UP)
                + ", and an image may have " + Sizes.human(limit, RoundingMode.DOWN) + " at most."
                + " Export it smaller and drop it again.");
    }

    /** The dataset holds the 100 images that Ideogram takes at most. */
    public static Reason datasetFull(String name, String dataset) {
        return new Reason("DATASET_FULL", shown(name) + " was not added: " + shown(dataset)
                + " has its 100 images, and a model can learn from no more."
                + " For another model, put it into another folder.");
    }

    /** It is in no dataset's folder. */
    public static Reason withoutFolder(String name) {
        return new Reason("WITHOUT_FOLDER", shown(name) + " lay directly in the inbox, so it is not clear"
                + " which model it is for. Put it into a folder there that is named for the model.");
    }

    /** A folder's name has bytes that are no letters. Its files stay in it. */
    public static Reason folderUndecodable(String name) {
        return new Reason("FOLDER_UNDECODABLE", "The folder " + shown(name) + " has a name that can't be read here, so"
                + " nothing in it is used. Rename it with plain letters; its files are taken then.");
    }

    /** A folder's name has control characters. Its files stay in it. */
    public static Reason folderWithControl(String name) {
        return new Reason("FOLDER_WITH_CONTROL", "The folder " + shown(name) + " has invisible signs in its name (shown"
                + " as ?), so nothing in it is used. Type its name anew; its files are taken then.");
    }

    /** Nothing of a folder's name can be seen. Its files stay in it. */
    public static Reason folderBlank(String name) {
        return new Reason("FOLDER_BLANK", "A folder in the inbox has a name of blanks only (\"" + shown(name) + "\"), so"
                + " nothing in it is used. Give it a name; its files are taken then.");
    }

    /** The server needs this name for itself. A folder's files stay in it. */
    public static Reason folderOfOurs(String name) {
        return new Reason("FOLDER_OF_OURS", "The folder " + shown(name) + " can't be used: that name is kept for files"
                + " that lie in no folder. Rename it; its files are taken then.");
    }

    /** It was written on after it was accepted, and is of another kind now. It does not stay there for long. */
    public static Reason rewritten(String name) {
        return new Reason("REWRITTEN", shown(name) + " was changed after it was accepted, and is something else now. It is looked at"
                + " once more, within minutes; nothing need be done.");
    }

    /** It waited in pending/, and is not there any more. */
    public static Reason takenAway(String name) {
        return new Reason("TAKEN_AWAY", shown(name) + " was accepted, and then somebody took it away before it could be sent."
                + " Drop it again if it is still wanted.");
    }

    /** It lies in rejected/, and its note is gone. */
    public static Reason forgotten(String name) {
        return new Reason("FORGOTTEN", shown(name) + " was set aside earlier, and why is not known any more."
                + " If it is still wanted, drop it again.");
    }

    /** The caption is not text in UTF-8, nor in UTF-16 with its mark. */
    public static Reason unreadableCaption(String name) {
        return new Reason("UNREADABLE_CAPTION", shown(name) + " should be a caption, but it is not plain text."
                + " Save it as plain text (encoding: UTF-8), and drop it again together with its image.");
    }

    /** The caption has more than {@value Caption#LONGEST} characters. */
    public static Reason captionTooLong(String name) {
        return new Reason("CAPTION_TOO_LONG", shown(name) + " is a caption of more than 2,000 characters,"
                + " and no more can be used. Shorten it, and drop it again together with its image.");
    }

    /** The caption's image is in the dataset already, and nothing can be added to it there. */
    public static Reason captionTooLate(String name) {
        return new Reason("CAPTION_TOO_LATE", shown(name) + " is a caption that came after its image had been"
                + " sent to Ideogram, so the image goes without it. Next time drop both together.");
    }

    /** The caption's image is a copy of one that is there already; {@code first} is that one's name. */
    public static Reason captionOfCopy(String name, String first) {
        return new Reason("CAPTION_OF_COPY", shown(name) + " is a caption of a picture that is there already, as "
                + shown(first) + ", so it is not needed. To use it, drop it together with another picture.");
    }

    /** The caption's image was set aside. */
    public static Reason captionOfUnused(String name) {
        return new Reason("CAPTION_OF_UNUSED", shown(name) + " is a caption whose image was set aside; why stands beside"
                + " that image. Mend the image, and drop both together again.");
    }

    /** No image of the caption's stem came, in the time that is given in words. */
    public static Reason captionWithoutImage(String name, String waited) {
        return new Reason("CAPTION_WITHOUT_IMAGE", shown(name) + " is a caption, and no image of the same name came"
                + " within " + waited + ". Drop it again together with its image (photo.jpg and photo.txt).");
    }

    // archives, and their parts

    /** The archive has no whole directory, or is a piece of one. */
    public static Reason damagedArchive(String name) {
        return new Reason("DAMAGED_ARCHIVE", shown(name) + " can't be unpacked: it is damaged, not all of it is here, or it"
                + " is one of several pieces. " + UNPACK);
    }

    /** The archive lists more parts than are read. */
    public static Reason archiveOfTooMany(String name) {
        return new Reason("ARCHIVE_OF_TOO_MANY", shown(name) + " holds more than 10,000 files, and that many are not"
                + " looked through. " + UNPACK);
    }

    /** Its parts are larger than allowed together; both sizes in bytes. */
    public static Reason archiveTooLarge(String name, long size, long limit) {
        return new Reason("ARCHIVE_TOO_LARGE", shown(name) + " would have " + Sizes.human(size, RoundingMode.UP)
                + " when unpacked, and " + Sizes.human(limit, RoundingMode.DOWN) + " are allowed at most. " + UNPACK);
    }

    /** Its parts share bytes, or are far larger than honest ones become. */
    public static Reason harmfulArchive(String name) {
        return new Reason("HARMFUL_ARCHIVE", shown(name) + " is made like archives that fill a disk when they are"
                + " unpacked, so it was not. If you trust it: " + UNPACK);
    }

    /** It was taken up several times, and each time that failed. */
    public static Reason notTakenApart(String name) {
        return new Reason("NOT_TAKEN_APART", shown(name) + " could not be opened, though it was tried several times."
                + " Put the images that you want from it into the folder, as JPEG or PNG.");
    }

    /** Nothing in it is an image, and {@code parts} other files are. */
    public static Reason archiveOfNoUse(String name, int parts) {
        return new Reason("ARCHIVE_OF_NO_USE", shown(name) + (parts == 0 ? " is an archive with no image in it."
                : " is an archive, and none of the files in it (" + parts + ") could be used.")
                + " Put the images themselves into the folder.");
    }

    /** Some parts were of use, these not; as many are named as there is room for. */
    public static Reason partsLeftOut(String name, List<String> parts) {
        StringBuilder named = new StringBuilder();
        int count = 0;
        for (String part : parts) {
            String next = (count == 0 ? "" : ", ") + FileNames.printable(part, WORD);
            if (named.length() + next.length() > PARTS) {
                break;
            }
            named.append(next);
            count++;
        }
        String more = count == parts.size() ? "" : " and " + (parts.size() - count) + " more";
        return new Reason("PARTS_LEFT_OUT", shown(name) + " was unpacked, but these files in it could not be used: "
                + named + more + ". Drop them by themselves to learn why.");
    }

    /** The part's path leads out of its archive, or is too long. */
    public static Reason partOutside(String path) {
        return new Reason("PART_OUTSIDE", shown(path) + " has a name that does not say clearly where it belongs."
                + " Drop the file by itself.");
    }

    /** The part is a link, or a device. */
    public static Reason partLink(String path) {
        return new Reason("PART_LINK", shown(path) + " is only a link to another file. Drop that file itself.");
    }

    /** The part is encrypted. */
    public static Reason partLocked(String path) {
        return new Reason("PART_LOCKED", shown(path) + " is locked with a password. " + UNPACK);
    }

    /** The part is packed by a method that is not known here. */
    public static Reason partPackedOddly(String path) {
        return new Reason("PART_PACKED_ODDLY", shown(path) + " is packed in an unusual way, and can't be unpacked here. "
                + UNPACK);
    }

    /** The part is larger than allowed; both sizes in bytes. */
    public static Reason partTooLarge(String path, long size, long limit) {
        return new Reason("PART_TOO_LARGE", shown(path) + " has " + Sizes.human(size, RoundingMode.UP)
                + " when unpacked, and " + Sizes.human(limit, RoundingMode.DOWN) + " are allowed at most."
                + " Export it smaller and drop it again.");
    }

    /** The part does not hold what the archive says. */
    public static Reason partDamaged(String path) {
        return new Reason("PART_DAMAGED", shown(path) + " is damaged in its archive. Make the archive anew, or drop the"
                + " file by itself.");
    }

    /** The part is an archive itself. */
    public static Reason partArchive(String path) {
        return new Reason("PART_ARCHIVE", shown(path) + " is an archive within an archive, and only the outer one is"
                + " unpacked. Drop it by itself.");
    }

    /**
     * Ideogram did not take it.
     *
     * @param failure the failure reason of the asset as Ideogram spells it; one that is not known is shown as it is
     */
    public static Reason refused(String name, String failure) {
        return switch (failure) {
            case "FAILED_SAFETY_CHECK" -> refused(name, failure, "its safety check found something in it that is not"
                    + " allowed. Use another image.");
            case "FILE_TOO_LARGE" -> refused(name, failure, "it is too large. Export it smaller and drop it again.");
            case "INTERNAL_ERROR" -> refused(name, failure, "something went wrong over there; the image itself may be"
                    + " fine. Drop it again later.");
            case "INVALID_CAPTION" -> refused(name, failure, "its caption can't be used. Write the caption anew, in"
                    + " plain and shorter words, and drop both again.");
            case "INVALID_IMAGE" -> refused(name, failure, "it can't be opened as an image. " + DROP_ANEW);
            case "INVALID_ZIP" -> refused(name, failure, "the parcel it was sent in could not be opened; the image"
                    + " itself may be fine. Drop it again.");
            case "TOO_MANY_IMAGES" -> refused(name, failure, "there are as many images as a model can learn from."
                    + " For another model, put it into another folder.");
            default -> refused(name, "REFUSED", "the only word on it was \"" + FileNames.printable(failure, WORD)
                    + "\". Export the image anew and drop it again, or use another one.");
        };
    }

    private static Reason refused(String name, String code, String why) {
        return new Reason(code, "Ideogram did not take " + shown(name) + ": " + why);
    }

    /** As much of a name as is printed. */
    static String shown(String name) {
        return FileNames.printable(name, NAME);
    }
}
