package dev.asyncloop.samples.bench.loop;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured: by contender and by the name of what it did. */
final class Figures {

    private final Map<Contender, Map<String, Double>> values = new EnumMap<>(Contender.class);

    void add(Contender contender, String what, double value) {
        values.computeIfAbsent(contender, unseen -> new HashMap<>()).put(what, value);
    }

    /** A line that a program printed: {@code contender<TAB>what<TAB>value}. */
    void add(String line) {
        String[] parts = line.split("\t");
        add(Contender.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1], Double.parseDouble(parts[2]));
    }

    boolean has(Contender contender) {
        return values.containsKey(contender);
    }

    /** Not a number where it was not measured. */
    double get(Contender contender, String what) {
        return values.getOrDefault(contender, Map.of()).getOrDefault(what, Double.NaN);
    }
}
