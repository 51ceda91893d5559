package org.dropfolder.server;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.dropfolder.store.S3Place;

/**
 * What a setting's text may be, and the value that it then stands for.
 *
 * @param mayBe   what is allowed, in words that follow "must be"
 * @param hidden  whether the text is a secret, which no message may show
 * @param reading from text to value; empty where the text is not allowed
 */
record Kind<T>(String mayBe, boolean hidden, Function<String, Optional<T>> reading) {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    // looked at as text: a name server must not decide what is this machine
    private static final Pattern LOOPBACK =
            Pattern.compile("127(\\." + BYTE + "){3}|\\[::1]|localhost", Pattern.CASE_INSENSITIVE);

    static Kind<Integer> whole(int from, int to) {
        return open("a whole number from %d to %d".formatted(from, to), text -> matching("\\d{1,9}", text)
                .map(Integer::valueOf).filter(number -> from <= number && number <= to));
    }

    /** Both bounds as they are written in the settings. */
    static Kind<Duration> duration(String from, String to) {
        Duration least = Units.duration(from).orElseThrow();
        Duration most = Units.duration(to).orElseThrow();
        return open("a duration from %s to %s, such as 300ms, 5s, 2m or 24h".formatted(from, to),
                text -> Units.duration(text).filter(between(least, most)));
    }

    /** The same, or {@code off}. */
    Kind<Optional<T>> orOff() {
        return new Kind<>(mayBe + ", or off", hidden,
                text -> text.equals("off") ? Optional.of(Optional.empty()) : reading.apply(text).map(Optional::of));
    }

    /** The same, or empty for none. */
    Kind<Optional<T>> orNone() {
        return new Kind<>(mayBe + ", or empty for none", hidden,
                text -> text.isEmpty() ? Optional.of(Optional.empty()) : reading.apply(text).map(Optional::of));
    }

    static Kind<Boolean> onOrOff() {
        return open("on or off", text -> matching("on|off", text).map("on"::equals));
    }

    static Kind<Boolean> trueOrFalse() {
        return open("true or false", text -> matching("true|false", text).map("true"::equals));
    }

    /** May be empty, for none. Names that the intake passes over are not allowed. */
    static Kind<Optional<String>> folderNameOrNone() {
        return open("the name of a folder, or empty for none", text -> matching("|(?![.~])[^/\\\\\\p{Cc}]{1,100}", text)
                .filter(name -> name.isEmpty() || !name.isBlank()).map(name -> Optional.of(name).filter(given -> !given.isEmpty())));
    }

    /** In bytes; both bounds as they are written in the settings. */
    static Kind<Long> size(String from, String to) {
        Long least = Units.bytes(from).orElseThrow();
        Long most = Units.bytes(to).orElseThrow();
        return open("a size from %s to %s, such as 64KB, 25MB or 1GB".formatted(from, to),
                text -> Units.bytes(text).filter(between(least, most)));
    }

    static Kind<BigDecimal> dollars() {
        return open("an amount of US dollars from 0 to 999999.99, such as 40 or 39.90",
                text -> matching("\\d{1,6}(\\.\\d{1,2})?", text).map(BigDecimal::new));
    }

    /** The constants of an enum, written in lower case. */
    static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        Function<E, String> word = constant -> constant.name().toLowerCase(Locale.ROOT);
        E[] all = type.getEnumConstants();
        return open(String.join(" or ", Arrays.stream(all).map(word).toList()),
                text -> Arrays.stream(all).filter(constant -> word.apply(constant).equals(text)).findFirst());
    }

    static Kind<String> text(String mayBe, String pattern) {
        return open(mayBe, text -> matching(pattern, text));
    }

    static Kind<Path> folder() {
        return open("a folder", text -> matching("(?!\\w+://).+", text).flatMap(Kind::path));
    }

    static Kind<Path> file() {
        return open("a file", text -> matching("(?!\\w+://).+", text).flatMap(Kind::path));
    }

    /** As it is written; empty is neither. */
    static Kind<String> folderOrPlace() {
        return open("a folder, or a place in a bucket such as s3://bucket/prefix",
                text -> S3Place.isMeant(text) ? place().reading.apply(text).map(any -> text) : folder().reading.apply(text).map(any -> text));
    }

    static Kind<S3Place> place() {
        return open("a place in a bucket such as s3://bucket/prefix", Kind::place);
    }

    /** Of a service that need not be encrypted: who asks signs its requests, and sends no secret. */
    static Kind<URI> endpoint() {
        return open("an address of a service such as https://s3.example.com or http://127.0.0.1:9000",
                text -> uri(text.replaceFirst("/+$", "")).filter(Kind::isPlain).filter(url -> List.of("http", "https").contains(url.getScheme())));
    }

    /** A trailing slash is left away, so that a path can be put behind it. */
    static Kind<URI> url() {
        return open("an https address such as https://api.ideogram.ai, or an http address of this machine "
                + "(127.0.0.1, [::1], localhost)", text -> uri(text.replaceFirst("/+$", "")).filter(Kind::isSafe));
    }

    /** May be empty, which is {@link Secret#NONE}; else one word that can stand in an HTTP header. */
    static Kind<Secret> secret() {
        return new Kind<>("one word of letters, digits and signs, without spaces", true,
                text -> matching("[\\x21-\\x7e]*", text).map(Secret::of));
    }

    /** May be empty, which is {@link Secret#NONE}; else what can stand in a link and in an HTTP header. */
    static Kind<Secret> token() {
        return new Kind<>("a word of letters, digits and . _ ~ + / = -, or empty for one that is made at each start", true,
                text -> matching("[A-Za-z0-9._~+/=-]{0,200}", text).map(Secret::of));
    }

    /** May be empty, for none. What stands in its path and behind it may be a secret. */
    static Kind<Optional<URI>> receiver() {
        return new Kind<>("an https or http address such as https://hooks.example.com/dropfolder, without a user's name, or empty for none",
                true, text -> text.isEmpty() ? Optional.of(Optional.empty()) : uri(text).filter(Kind::isReceiver).map(Optional::of));
    }

    /** May be empty, which is {@link Secret#NONE}; else as Standard Webhooks writes it. */
    static Kind<Secret> signingSecret() {
        return new Kind<>("whsec_ and 24 to 64 bytes in base64, or empty for none", true,
                text -> matching("|whsec_(?=.{32,88}$)([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", text).map(Secret::of));
    }

    /** May be empty, for none. */
    static Kind<List<String>> hosts() {
        String host = "[A-Za-z0-9._:-]{1,253}";
        return open("host names with commas between them, such as photos.example.com, or empty for none",
                text -> matching("|" + host + "(\\s*,\\s*" + host + ")*", text)
                        .map(names -> Arrays.stream(names.split("[\\s,]+")).filter(name -> !name.isEmpty()).toList()));
    }

    private static <T> Kind<T> open(String mayBe, Function<String, Optional<T>> reading) {
        return new Kind<>(mayBe, false, reading);
    }

    private static Optional<String> matching(String pattern, String text) {
        return Optional.of(text).filter(Pattern.compile(pattern).asMatchPredicate());
    }

    private static <C extends Comparable<C>> Predicate<C> between(C least, C most) {
        return value -> least.compareTo(value) <= 0 && value.compareTo(most) <= 0;
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private static Optional<S3Place> place(String text) {
        try {
            return Optional.of(S3Place.of(text));
        } catch (IllegalArgumentException notAPlace) {
            return Optional.empty();
        }
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The key travels to it: encrypted, or not beyond this machine; and nothing in it but host, port and path. */
    private static boolean isSafe(URI url) {
        return isPlain(url) && isKeptSecret(url);
    }

    private static boolean isPlain(URI url) {
        return isReachable(url) && url.getRawQuery() == null;
    }

    private static boolean isReceiver(URI url) {
        return isReachable(url) && List.of("http", "https").contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT));
    }

    private static boolean isReachable(URI url) {
        return url.getHost() != null && url.getPort() != 0 && url.getPort() <= 65535
                && url.getRawUserInfo() == null && url.getRawFragment() == null;
    }

    /** By what stands there, not by what a name server says. */
    static boolean isThisMachine(URI url) {
        return LOOPBACK.matcher(url.getHost()).matches();
    }

    private static boolean isKeptSecret(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                || "http".equalsIgnoreCase(url.getScheme()) && isThisMachine(url);
    }
}
