package org.dropfolder.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks for names that no key has, so that a slip of the pen never passes for a setting. */
final class UnknownNames {
    /** Shows stack traces on the command line: a switch for us, and no setting of the server. */
    private static final Set<String> SWITCHES = Set.of("DROPFOLDER_DEBUG");
    // beyond so many slips it is another name, not a slip: container platforms inject DROPFOLDER_PORT_8080_TCP
    private static final int SLIPS = 3;

    private final List<String> names;
    private final List<String> environmentNames;

    UnknownNames(List<Key<?>> keys) {
        names = keys.stream().<String>map(Key::name).toList();
        environmentNames = keys.stream().<String>map(Key::environmentName).toList();
    }

    /**
     * Warnings of keys of the file or of the command line that nobody reads.
     *
     * @param origin where they stand, for the message
     * @throws SettingsException for a key that begins like one of ours and is none
     */
    List<String> keys(Iterable<String> given, String origin) {
        List<String> warnings = new ArrayList<>();
        for (String name : given) {
            if (names.contains(name) || name.startsWith("camel.")) {
                continue;
            }
            String line = "%s from %s is no setting%s".formatted(name, origin,
                    Nearest.to(name, names).map(" (the nearest is %s)"::formatted).orElse(""));
            if (name.startsWith("dropfolder.") || name.startsWith("ideogram.")) {
                throw new SettingsException(line);
            }
            warnings.add(line + ", and is not used");
        }
        return warnings;
    }

    /** Warnings of names of the environment that begin like ours and are none; in alphabetical order. */
    List<String> environment(Map<String, String> environment) {
        return new TreeSet<>(environment.keySet()).stream()
                .filter(name -> name.startsWith("DROPFOLDER_") || name.startsWith("IDEOGRAM_"))
                .filter(name -> !environmentNames.contains(name) && !SWITCHES.contains(name))
                .map(name -> "%s from the environment is no setting%s, and is not used".formatted(name, slip(name)))
                .toList();
    }

    private String slip(String name) {
        Optional<String> nearest = Nearest.to(name, environmentNames);
        return nearest.filter(meant -> Nearest.distance(name, meant) <= SLIPS)
                .map(" (the nearest is %s)"::formatted).orElse("");
    }
}
