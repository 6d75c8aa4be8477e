// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bequest.table.Page;
import org.bequest.table.Table;
import org.bequest.table.TableType;
import org.bequest.term.Terms;
import org.jspecify.annotations.Nullable;

/** A table that answers as one of ETS does. It adds nothing to what the table does, and takes only the shape of an answer away. */
final class EtsTable {
    private static final Object END = new Object();

    private final Table table;
    private final TableType type;

    EtsTable(Table table) {
        this.table = table;
        this.type = table.info().type();
    }

    /** @throws MalformedException if there is no such operation, or its arguments are none */
    Answer perform(Operation operation) {
        try {
            Object result = result(operation.name(), operation.arguments());
            return result == END ? new Answer.End() : new Answer.Term(Terms.copyOf(result));
        } catch (MalformedException e) {
            throw e;
        } catch (IllegalArgumentException | UnsupportedOperationException | ArithmeticException e) {
            return new Answer.Refusal(e);
        } catch (RuntimeException | StackOverflowError e) {
            return new Answer.Failure(e);
        }
    }

    private @Nullable Object result(String name, Arguments arguments) {
        return switch (name) {
            case "insert" -> {
                if (arguments.isList(0)) {
                    table.insert(arguments.rows(0));
                } else {
                    table.insert(arguments.row(0));
                }
                yield true;
            }
            case "insert_new" ->
                arguments.isList(0) ? table.insertNew(arguments.rows(0)) : table.insertNew(arguments.row(0));
            case "lookup" -> table.lookup(arguments.term(0));
            case "lookup_element" -> table.lookupElement(arguments.term(0), arguments.position(1));
            case "member" -> table.member(arguments.term(0));
            case "delete" -> always(true, table.delete(arguments.term(0)));
            case "delete_object" -> always(true, table.deleteObject(arguments.row(0)));
            case "delete_all_objects" -> {
                table.deleteAll();
                yield true;
            }
            case "take" -> table.take(arguments.term(0));
            case "update_element" -> table.update(arguments.term(0), arguments.elements(1));
            case "update_counter" ->
                table.updateCounter(
                        arguments.term(0), arguments.updates(1), arguments.count() > 2 ? arguments.row(2) : null);
            case "tab2list" -> table.toList();
            case "size" -> table.size();
            case "first" -> keyOrEnd(table.first());
            case "last" -> keyOrEnd(table.last());
            case "next" -> keyOrEnd(table.next(arguments.term(0)));
            case "prev" -> keyOrEnd(table.prev(arguments.term(0)));
            case "traverse" -> walk(table.first(), table::next);
            case "traverse_reverse" -> walk(table.last(), table::prev);
            default -> selected(name, arguments);
        };
    }

    private @Nullable Object selected(String name, Arguments arguments) {
        return switch (name) {
            case "match" -> table.match(arguments.pattern(0));
            case "match_object" -> table.matchObject(arguments.pattern(0));
            case "match_delete" -> always(true, table.matchDelete(arguments.pattern(0)));
            case "select" -> table.select(arguments.spec(0));
            case "select_reverse" -> table.selectReverse(arguments.spec(0));
            case "select_limit" -> pages(table.select(arguments.spec(0), arguments.limit(1)));
            case "select_reverse_limit" -> pages(table.selectReverse(arguments.spec(0), arguments.limit(1)));
            case "select_count" -> table.selectCount(arguments.spec(0));
            case "select_delete" -> table.selectDelete(arguments.spec(0));
            case "select_replace" -> table.selectReplace(arguments.spec(0));
            default -> throw new MalformedException("No operation of ETS that is known here: " + name);
        };
    }

    /** The answer of ETS, where Bequest has more to say. */
    private static Object always(Object answer, Object ignored) {
        return answer;
    }

    private static Object keyOrEnd(@Nullable Object key) {
        return key == null ? END : key;
    }

    private static List<Object> walk(@Nullable Object start, UnaryOperator<@Nullable Object> step) {
        List<Object> keys = new ArrayList<>();
        for (Object key = start; key != null; key = step.apply(key)) {
            keys.add(key);
        }
        return keys;
    }

    /** A list of pages in key order; of the other types, where pages end is not defined, one list of all results. */
    private List<@Nullable Object> pages(Page first) {
        Function<Page, List<@Nullable Object>> content =
                page -> type == TableType.ORDERED_SET ? List.of(page.results()) : page.results();
        List<@Nullable Object> pages = new ArrayList<>();
        Page page = first;
        while (page.next() != null) {
            pages.addAll(content.apply(page));
            page = table.select(page.next());
        }
        // A last page without results is what ETS calls the end of the table.
        if (!page.results().isEmpty()) {
            pages.addAll(content.apply(page));
        }
        return pages;
    }
}
