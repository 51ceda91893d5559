package org.dropfolder.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where settings come from: the command line before the environment, and that before the file.
 * It finds each key's text, fills in its placeholders, and checks it.
 */
final class Sources {
    // the last two of '}}}' close it, so that a default may end in a brace: {{env:NAME:{dataset}}}
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}(?!})");
    private static final String ENVIRONMENT = "env:";

    private final Map<String, Key<?>> keys = new LinkedHashMap<>();
    private final Path file;
    private final Map<String, String> inFile;
    private final Map<String, String> commandLine;
    private final Map<String, String> environment;

    /** The maps are read, never changed. */
    Sources(List<Key<?>> keys, Path file, Map<String, String> inFile, Map<String, String> commandLine,
            Map<String, String> environment) {
        keys.forEach(key -> this.keys.put(key.name(), key));
        this.file = file;
        this.inFile = inFile;
        this.commandLine = commandLine;
        this.environment = environment;
    }

    /**
     * The text of every key, in the order of the keys, each one that its kind can read.
     *
     * @throws SettingsException for the first key that is missing or has a text that it may not have
     */
    Map<String, String> checked() {
        Map<String, String> checked = new LinkedHashMap<>();
        keys.values().forEach(key -> checked.put(key.name(), checked(key)));
        return checked;
    }

    private String checked(Key<?> key) {
        String text = resolved(key, new LinkedHashSet<>());
        if (key.kind().reading().apply(text).isPresent()) {
            return text;
        }
        Given given = given(key);
        String written = given.text().equals(text) ? "" : " (written as '%s')".formatted(given.text());
        throw new SettingsException("%s from %s is %s, but must be %s".formatted(key.name(), given.origin(),
                key.kind().hidden() ? "'***'" : "'" + text + "'" + written, key.kind().mayBe()));
    }

    private Given given(Key<?> key) {
        String name = key.name();
        if (commandLine.containsKey(name)) {
            return new Given(commandLine.get(name).strip(), "-D");
        }
        if (environment.containsKey(key.environmentName())) {
            return new Given(environment.get(key.environmentName()).strip(), key.environmentName());
        }
        if (inFile.containsKey(name)) {
            return new Given(inFile.get(name).strip(), file.toString());
        }
        throw new SettingsException("%s is missing from %s: it must be there, as %s"
                .formatted(name, file, key.kind().mayBe()));
    }

    /** @param way the keys that led here, each of which waits for this one's text */
    private String resolved(Key<?> key, Set<String> way) {
        if (!way.add(key.name())) {
            throw new SettingsException("%s leads back to itself: %s -> %s; give one of them a value of its own"
                    .formatted(key.name(), String.join(" -> ", way), key.name()));
        }
        String text = given(key).text();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        // only what was written is searched: what comes in is taken as it is
        String resolved = placeholder.replaceAll(found ->
                Matcher.quoteReplacement(meant(found.group(1).strip(), key, way)));
        if (PLACEHOLDER.matcher(text).replaceAll("").contains("{{")) {
            throw new SettingsException("%s from %s is '%s', but a placeholder must end in }}"
                    .formatted(key.name(), given(key).origin(), key.kind().hidden() ? "***" : text));
        }
        way.remove(key.name());
        return resolved.strip();
    }

    private String meant(String placeholder, Key<?> by, Set<String> way) {
        if (placeholder.startsWith(ENVIRONMENT)) {
            String[] nameAndDefault = placeholder.substring(ENVIRONMENT.length()).split(":", 2);
            String otherwise = nameAndDefault.length == 2 ? nameAndDefault[1] : "";
            return Optional.ofNullable(environment.get(nameAndDefault[0])).orElse(otherwise);
        }
        Key<?> other = keys.get(placeholder);
        if (other == null || other.kind().hidden()) {
            throw new SettingsException(("%s from %s holds {{%s}}, but a placeholder must be env:NAME, env:NAME:default "
                    + "or another key%s").formatted(by.name(), given(by).origin(), placeholder,
                    other == null ? "" : " that is no secret"));
        }
        return resolved(other, way);
    }

    /** What was given for a key, and by whom. */
    private record Given(String text, String origin) { }
}
