package org.dropfolder.corpus;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What must become of a file. Each takes out of what was found what it stands for, or says what is wrong. */
public sealed interface Fate {
    /** The same with a caption. */
    default Fate with(String caption) {
        throw new IllegalStateException("only what is sent has a caption");
    }

    /** In a few words, for the table. */
    String words();

    /** What is wrong, if anything is; what is right is taken out of what was found. */
    Optional<String> judge(Found found, Row row);

    /** In the dataset, byte for byte; a name that begins with ~ is a pattern. */
    record Sent(String hash, String name, String caption, String dataset) implements Fate {
        @Override
        public Fate with(String other) {
            return new Sent(hash, name, other, dataset);
        }

        Fate in(String other) {
            return new Sent(hash, name, caption, other);
        }

        @Override
        public String words() {
            return "sent as " + name + (caption.isEmpty() ? "" : " with \"" + shortened(caption) + "\"");
        }

        @Override
        public Optional<String> judge(Found found, Row row) {
            Optional<Found.Image> there = found.sent().stream().filter(image -> image.hash().equals(hash)).findFirst();
            if (there.isEmpty()) {
                return Optional.of(name + " is not in the dataset: " + found.where(hash));
            }
            found.sent().remove(there.get());
            String wanted = dataset.replace("{row}", row.dataset());
            if (!matches(name, there.get().name()) || !caption.equals(there.get().caption())
                    || !wanted.isEmpty() && !wanted.equals(there.get().dataset())) {
                return Optional.of(name + " was sent as " + there.get());
            }
            return found.done().remove(hash) ? Optional.empty() : Optional.of(name + " was sent and is not in done/");
        }
    }

    /** Another image made of it is in the dataset; it lies in done/ itself, and so does what was made. */
    record Converted(String hash, String name, int width, int height, String caption) implements Fate {
        @Override
        public Fate with(String other) {
            return new Converted(hash, name, width, height, other);
        }

        @Override
        public String words() {
            return "converted and sent as " + name + (caption.isEmpty() ? "" : " with \"" + caption + "\"");
        }

        @Override
        public Optional<String> judge(Found found, Row row) {
            Optional<Found.Image> there = found.sent().stream().filter(image -> matches(name, image.name())).findFirst();
            if (there.isEmpty()) {
                return Optional.of(name + " was not made: " + found.where(hash));
            }
            found.sent().remove(there.get());
            if (there.get().hash().equals(hash) || !caption.equals(there.get().caption())) {
                return Optional.of(name + " was sent as it was, or with another caption: " + there.get());
            }
            String size = found.pixels(there.get().hash());
            String wanted = width == 0 ? size : width + "x" + height;
            if (!size.equals(wanted) || size.isEmpty()) {
                return Optional.of(name + " has " + size + " pixels, not " + wanted);
            }
            return found.done().remove(hash) && found.done().remove(there.get().hash()) ? Optional.empty()
                : Optional.of(name + " or what it was made of is not in done/: " + found.where(hash));
        }
    }

    /** Its content was converted and sent before: it lies in done/, and so does what was made of it once more. */
    record Again(String hash) implements Fate {
        @Override
        public String words() {
            return "in done/ with what was made of it again";
        }

        @Override
        public Optional<String> judge(Found found, Row row) {
            boolean there = found.done().remove(hash);
            Optional<String> made = found.done().stream().filter(other -> !other.equals(hash) && !found.pixels(other).isEmpty()).findFirst();
            made.ifPresent(found.done()::remove);
            return there && made.isPresent() ? Optional.empty() : Optional.of("not in done/ with what was made of it: " + found.where(hash));
        }
    }

    /** In done/, and not sent itself. */
    record Done(String hash) implements Fate {
        @Override
        public String words() {
            return "in done/";
        }

        @Override
        public Optional<String> judge(Found found, Row row) {
            return found.done().remove(hash) ? Optional.empty() : Optional.of("not in done/: " + found.where(hash));
        }
    }

    /** In done/ beside a note, since not all of it was of use. */
    record Partly(String hash, String code) implements Fate {
        @Override
        public String words() {
            return "in done/: " + code;
        }

        @Override
        public Optional<String> judge(Found found, Row row) {
            return found.noted().removeIf(file -> file.hash().equals(hash) && file.code().equals(code)) ? Optional.empty()
                : Optional.of("not in done/ as " + code + ": " + found.where(hash));
        }
    }

    /** In rejected/ beside a note. */
    record Aside(String hash, String codes) implements Fate {
        @Override
        public String words() {
            return "set aside" + (codes.equals("~") ? "" : ": " + codes);
        }

        @Override
        public Optional<String> judge(Found found, Row row) {
            Optional<Found.SetAside> there = found.rejected().stream().filter(file -> file.hash().equals(hash)).findFirst();
            if (there.isEmpty()) {
                return Optional.of("not set aside: " + found.where(hash));
            }
            found.rejected().remove(there.get());
            boolean right = codes.equals("~") || List.of(codes.split("[|]")).contains(there.get().code());
            return right ? Optional.empty() : Optional.of("set aside as " + there.get().code() + ", not " + codes
                + ": " + there.get().note());
        }
    }

    /** Where it was dropped. */
    record Stays(String path, String hash) implements Fate {
        @Override
        public String words() {
            return "left where it is";
        }

        @Override
        public Optional<String> judge(Found found, Row row) {
            return found.inbox().remove(row.resolved(path), hash) ? Optional.empty()
                : Optional.of(path + " is not where it was dropped: " + found.where(hash));
        }
    }

    /** More than one dataset holds. */
    record Full(List<String> hashes, int first, String others) implements Fate {
        @Override
        public String words() {
            return first + " of " + hashes.size() + " sent, others: " + others;
        }

        @Override
        public Optional<String> judge(Found found, Row row) {
            int inFirst = 0;
            String second = others.replace("{row}", row.dataset());
            for (String hash : hashes) {
                Optional<Found.Image> image = found.sent().stream().filter(one -> one.hash().equals(hash)).findFirst();
                if (image.isPresent()) {
                    found.sent().remove(image.get());
                    found.done().remove(hash);
                    inFirst += image.get().dataset().equals(second) ? 0 : 1;
                } else if (!found.rejected().removeIf(file -> file.hash().equals(hash) && file.code().equals(others))) {
                    return Optional.of(inFirst + " are in the dataset, and one is not: " + found.where(hash));
                }
            }
            return inFirst == first ? Optional.empty() : Optional.of(inFirst + " are in the dataset, not " + first);
        }
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private static boolean matches(String wanted, String name) {
        return wanted.startsWith("~") ? name.matches(wanted.substring(1)) : name.equals(wanted);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() < 40 ? line : line.substring(0, 40) + "…";
    }
}
