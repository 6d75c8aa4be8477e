// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bequest.match.MatchSpec;
import org.bequest.match.Pattern;
import org.bequest.table.CounterUpdate;
import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The arguments of an operation, each as what the API wants to have in its place. */
record Arguments(List<?> json) {
    int count() {
        return json.size();
    }

    private @Nullable Object at(int index) {
        if (index >= json.size()) {
            throw new MalformedException("Argument " + (index + 1) + " is missing");
        }
        return json.get(index);
    }

    Object term(int index) {
        return TermNotation.read(at(index));
    }

    Tuple row(int index) {
        return row(at(index));
    }

    private static Tuple row(@Nullable Object json) {
        if (TermNotation.read(json) instanceof Tuple row) {
            return row;
        }
        throw new InexpressibleException("A row that is no tuple: " + Json.write(json));
    }

    /** Whether there are rows and not a row. */
    boolean isList(int index) {
        return at(index) instanceof List<?>;
    }

    List<Tuple> rows(int index) {
        return list(at(index)).stream().map(Arguments::row).toList();
    }

    Pattern pattern(int index) {
        return SpecNotation.pattern(at(index));
    }

    MatchSpec spec(int index) {
        return SpecNotation.spec(at(index));
    }

    int limit(int index) {
        return integer(at(index));
    }

    int position(int index) {
        return position(at(index));
    }

    /** Counted from one there and from zero here. */
    private static int position(@Nullable Object json) {
        return Math.subtractExact(integer(json), 1);
    }

    private static int integer(@Nullable Object json) {
        if (json instanceof Long number && number.intValue() == number) {
            return number.intValue();
        }
        throw new InexpressibleException("A number that is no int: " + Json.write(json));
    }

    /** Of a position that stands there twice, ETS sets the later value last. */
    Map<Integer, Object> elements(int index) {
        Map<Integer, Object> elements = new LinkedHashMap<>();
        for (Object json : list(at(index))) {
            List<?> element = list(json);
            if (element.size() != 2) {
                throw new MalformedException("No position and value: " + Json.write(json));
            }
            elements.put(position(element.get(0)), TermNotation.read(element.get(1)));
        }
        return elements;
    }

    List<CounterUpdate> updates(int index) {
        List<CounterUpdate> updates = new ArrayList<>();
        for (Object json : list(at(index))) {
            List<?> update = list(json);
            if (update.size() != 2 && update.size() != 4) {
                throw new MalformedException("No update of a counter: " + Json.write(json));
            }
            CounterUpdate add = CounterUpdate.add(position(update.get(0)), number(update.get(1)));
            updates.add(update.size() == 2 ? add : add.orElse(number(update.get(2)), number(update.get(3))));
        }
        return updates;
    }

    private static long number(@Nullable Object json) {
        if (json instanceof Long number) {
            return number;
        }
        throw new InexpressibleException("An increment or a bound that is no long: " + Json.write(json));
    }

    private static List<?> list(@Nullable Object json) {
        if (json instanceof List<?> list) {
            return list;
        }
        throw new MalformedException("No list: " + Json.write(json));
    }

    @Override
    public String toString() {
        return Json.write(json);
    }
}
