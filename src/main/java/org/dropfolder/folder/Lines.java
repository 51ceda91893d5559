package org.dropfolder.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.image.FileNames;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML of lines {@code key: value}, with the line in which each stands. It is read as events, one after the other, and nothing is
 * built of what is nested or repeated: so no depth, no alias and no type in a hostile file costs anything.
 *
 * @param values a text, a number, a truth value or nothing each
 * @param lines  by key, the first is 1
 */
record Lines(ObjectNode values, Map<String, Integer> lines) {
    /** More digits than any number that is allowed has, and few enough to be read at once. */
    private static final int LONGEST_NUMBER = 40;

    /** @throws FaultyFileException if it is no YAML, or none of such lines */
    static Lines of(String text) throws FaultyFileException {
        Lines lines = new Lines(JsonNodeFactory.instance.objectNode(), new HashMap<>());
        try {
            lines.read(new Parse(LoadSettings.builder().setSchema(new CoreSchema()).build()).parseString(text).iterator());
            return lines;
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark().or(e::getContextMark).map(mark -> "line " + (mark.getLine() + 1) + " is no YAML").orElse("it is no YAML");
            throw new FaultyFileException(where + " (" + FileNames.printable(String.valueOf(e.getProblem())) + "). Write a line for each setting, such as"
                + " images: 30.");
        } catch (YamlEngineException e) {
            throw new FaultyFileException("it holds characters that no YAML may hold. Write it anew, with plain letters.");
        }
    }

    private void read(Iterator<Event> events) throws FaultyFileException {
        boolean ended = false;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof MappingStartEvent && !ended) {
                readPairs(events);
                ended = true;
            } else if (event instanceof NodeEvent && !(isNothing(event) && !ended)) {
                throw new FaultyFileException(at(event) + " is no setting. Write a line for each, such as images: 30.");
            } else if (!isFrame(event) && !(event instanceof NodeEvent)) {
                throw new FaultyFileException(at(event) + " is no setting. Write a line for each, such as images: 30.");
            }
        }
    }

    /** What stands around the settings. */
    private static boolean isFrame(Event event) {
        return event instanceof StreamStartEvent || event instanceof StreamEndEvent || event instanceof DocumentStartEvent
            || event instanceof DocumentEndEvent;
    }

    private static boolean isNothing(Event event) {
        return event instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getValue().isEmpty();
    }

    private void readPairs(Iterator<Event> events) throws FaultyFileException {
        for (Event key = events.next(); !(key instanceof MappingEndEvent); key = events.next()) {
            if (!(key instanceof ScalarEvent name)) {
                throw new FaultyFileException(at(key) + " does not begin with a setting's name. Write a line for each, such as images: 30.");
            }
            if (lines.putIfAbsent(name.getValue(), line(key)) != null) {
                throw new FaultyFileException(at(key) + " sets " + FileNames.printable(name.getValue()) + " again, after line "
                    + lines.get(name.getValue()) + ". Keep one of the two.");
            }
            values.set(name.getValue(), value(events));
        }
    }

    private static JsonNode value(Iterator<Event> events) throws FaultyFileException {
        Event event = events.next();
        if (event instanceof AliasEvent) {
            throw new FaultyFileException(at(event) + " refers to another place by *. Write what is meant.");
        }
        if (event instanceof ScalarEvent scalar) {
            return value(scalar);
        }
        // what follows need not even be looked at: to read what is nested deeply takes long
        throw new FaultyFileException(at(event) + " says more than one thing at once. Write one value behind each setting's name.");
    }

    private static JsonNode value(ScalarEvent scalar) throws FaultyFileException {
        Optional<String> type = scalar.getTag().filter(tag -> !tag.equals("!"));
        if (type.isPresent()) {
            throw new FaultyFileException(at(scalar) + " names a type by !. Leave that away.");
        }
        String text = scalar.getValue();
        boolean plain = scalar.getTag().isEmpty() && scalar.getImplicit().canOmitTagInPlainScalar();
        Tag tag = new CoreSchema().getScalarResolver().resolve(text, plain);
        if (Tag.NULL.equals(tag)) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (Tag.BOOL.equals(tag)) {
            return JsonNodeFactory.instance.booleanNode(text.equalsIgnoreCase("true"));
        }
        return Tag.INT.equals(tag) || Tag.FLOAT.equals(tag) ? number(text) : JsonNodeFactory.instance.textNode(text);
    }

    /** What is no number of JSON stays a text, which no number may be. */
    private static JsonNode number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return JsonNodeFactory.instance.textNode(text);
        }
        try {
            return JsonNodeFactory.instance.numberNode(new BigInteger(text).longValueExact());
        } catch (ArithmeticException | NumberFormatException noWholeNumber) {
            return real(text);
        }
    }

    private static JsonNode real(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? JsonNodeFactory.instance.numberNode(value) : JsonNodeFactory.instance.textNode(text);
        } catch (NumberFormatException noNumberOfJson) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static String at(Event event) {
        return "line " + line(event);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
