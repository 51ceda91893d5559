package org.dropfolder.corpus;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dropfolder.image.Condition;
import org.dropfolder.image.Content;
import org.dropfolder.image.FileType;
import org.dropfolder.image.Reason;

/** Finds the reason whose sentence a note is, since a note holds the sentence alone. Not thread safe. */
public final class Codes {
    private static final String WORD = "QQQQ";
    /** What a number or a size is written as. */
    private static final Pattern CHANGING = Pattern.compile(WORD + "|\\d+(?:[.,]\\d+)?(?: (?:bytes|KB|MB|GB))?");
    private static final List<String> FAILURES = List.of("FAILED_SAFETY_CHECK", "FILE_TOO_LARGE", "INTERNAL_ERROR",
        "INVALID_CAPTION", "INVALID_IMAGE", "INVALID_ZIP", "TOO_MANY_IMAGES", WORD);

    private final Map<Pattern, String> codes = new LinkedHashMap<>();
    private final Map<String, String> known = new HashMap<>();

    public Codes() {
        for (FileType type : FileType.values()) {
            for (Condition condition : Condition.values()) {
                Reason.of(WORD, new Content(1, 0, "", type, condition)).ifPresent(this::add);
            }
        }
        for (Method method : Reason.class.getDeclaredMethods()) {
            if (Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers())
                    && method.getReturnType() == Reason.class) {
                arguments(List.of(method.getParameterTypes()), method.getName().equals("refused"))
                    .forEach(arguments -> add(method, arguments));
            }
        }
    }

    /** The code of this note, or a word for none. */
    public String of(String note) {
        return known.computeIfAbsent(note, this::find);
    }

    private String find(String note) {
        return codes.entrySet().stream().filter(each -> each.getKey().matcher(note).matches()).map(Map.Entry::getValue)
            .findFirst().orElse("UNKNOWN");
    }

    private void add(Reason reason) {
        StringBuilder pattern = new StringBuilder();
        for (String literal : CHANGING.split(reason.text(), -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        codes.putIfAbsent(Pattern.compile(pattern.toString(), Pattern.DOTALL), reason.code());
    }

    private void add(Method method, List<Object> arguments) {
        try {
            add((Reason) method.invoke(null, arguments.toArray()));
        } catch (InvocationTargetException notForThese) {
            // a reason that is for some kinds of files only
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<List<Object>> arguments(List<Class<?>> types, boolean failure) {
        Stream<List<Object>> all = Stream.of(List.of());
        for (int i = 0; i < types.size(); i++) {
            List<?> values = failure && i == 1 ? FAILURES : values(types.get(i));
            all = all.flatMap(before -> values.stream().map(value -> {
                List<Object> more = new ArrayList<>(before);
                more.add(value);
                return more;
            }));
        }
        return all;
    }

    private static List<?> values(Class<?> type) {
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        if (type == long.class) {
            return List.of(987_654_321L);
        }
        if (type == int.class) {
            return List.of(0, 1, 987);
        }
        return type == List.class ? List.of(List.of(WORD), List.of(WORD, WORD)) : List.of(WORD);
    }
}
