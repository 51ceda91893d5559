package org.dropfolder.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a request asks for, read from its address as it was sent: headers of any name come from outside, too. */
record Address(List<String> path, String query) {
    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    static Address of(Message request) {
        String path = request.getHeader(Exchange.HTTP_URI, "", String.class).replaceFirst("\\?.*", "");
        return new Address(Arrays.stream(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)).map(Address::decoded).toList(),
            request.getHeader(Exchange.HTTP_QUERY, "", String.class));
    }

    /** This part of the path, counted from 0; empty where it has no such part. */
    String part(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    /** The first parameter of this name. */
    Optional<String> parameter(String name) {
        return Arrays.stream(query.split("&")).filter(each -> each.startsWith(name + "="))
            .map(each -> decoded(each.substring(name.length() + 1))).findFirst();
    }

    /** Percent-encoded UTF-8, and nothing else: a plus is a plus. */
    static String decoded(String segment) {
        return ENCODED.matcher(segment).replaceAll(found -> {
            String digits = found.group().replace("%", "");
            byte[] bytes = HexFormat.of().parseHex(digits);
            return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
        });
    }
}
