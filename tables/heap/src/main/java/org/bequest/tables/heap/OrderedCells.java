// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.heap;

import org.bequest.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Keys that are told apart by value, in their order. */
final class OrderedCells implements CellMap {

    /* How it works. A tree of three levels: the root forks into branches, a branch into leaves, a leaf has up to 64 cells. The
     * root grows as long as it must (with ten million rows it has some two thousand branches). What says where keys are, in
     * any of the three, never changes: to add a key is to make another leaf, at times another branch, seldom another root.
     * So a reader takes no lock and checks no version: each node that it comes to is what it is.
     *
     * Who writes. Whoever holds the monitor of the branch, and has found in it that it is not replaced, writes all that
     * hangs on it: cells in a leaf, leaves in the branch. To replace the branch or the root takes this object's monitor as
     * well, after that of the branch. No code is called under them but that of terms.
     *
     * What orders what. A node is marked as replaced, then another is shown in its place, then that is written to. So a
     * node does not change any more once it is replaced, and neither does what is found only through it: it is what all readers
     * may take for the state of that moment, which came after they had come to the node. Root, children and cells are
     * volatile, so reads and writes of different keys are in one order.
     *
     * Cursors go along one leaf, in whatever state. If it is replaced they look each key up. From there they go on by the
     * last key of that leaf. So none is met twice, nor missed if it was there all the time.
     *
     * Merging: a leaf that has become small is joined with its neighbour in the branch, an empty leaf or branch is taken out
     * and its keys fall to the neighbour before.
     *
     * Why, and what was tried: docs/decisions/0013-stores-of-our-own.md
     */

    private static final int MAX_LEAVES = 128;
    private static final int SMALL = Leaf.MAX_SIZE / 4;

    private final Keys keys;
    private volatile Fork<Fork<Leaf>> root;

    OrderedCells(Keys keys) {
        this.keys = keys;
        this.root = new Fork<>(new Fork<>(new Leaf(keys)));
    }

    /** With the cells of two keys. */
    OrderedCells(Keys keys, Object cell, Object other) {
        this(keys);
        change(keys.of(cell), cell, (none, given) -> given);
        change(keys.of(other), other, (none, given) -> given);
    }

    /** For the only writer. */
    boolean isEmpty() {
        Fork<Fork<Leaf>> root = this.root;
        return root.size() == 1
                && root.child(0).size() == 1
                && root.child(0).child(0).size() == 0;
    }

    @Override
    public @Nullable Object get(Object key) {
        long digest = Digest.of(key);
        Fork<Fork<Leaf>> root = this.root;
        Fork<Leaf> branch = root.child(root.find(digest, key, keys));
        Leaf leaf = branch.child(branch.find(digest, key, keys));
        int index = leaf.find(digest, key);
        return index < 0 ? null : leaf.cell(index);
    }

    @Override
    public <G> @Nullable Object change(Object key, G given, Step<G> step) {
        long digest = Digest.of(key);
        for (; ; ) {
            Fork<Fork<Leaf>> root = this.root;
            Fork<Leaf> branch = root.child(root.find(digest, key, keys));
            synchronized (branch) {
                if (!branch.replaced()) {
                    int at = branch.find(digest, key, keys);
                    Leaf leaf = branch.child(at);
                    int index = leaf.find(digest, key);
                    Object before = index < 0 ? null : leaf.cell(index);
                    Object after = step.of(before, given);
                    if (before == null && after != null) {
                        insert(branch, at, leaf.with(-1 - index, digest, key, after), key, -1 - index == leaf.size());
                    } else if (before != null && after == null) {
                        remove(branch, at, leaf.without(index), key);
                    } else if (before != after) {
                        leaf.set(index, after);
                    }
                    return before;
                }
            }
        }
    }

    private void insert(Fork<Leaf> branch, int at, Leaf leaf, Object key, boolean atEnd) {
        if (leaf.size() <= Leaf.MAX_SIZE) {
            put(branch, at, leaf);
            return;
        }
        // Keys that come in their order leave full leaves behind.
        boolean ascending = atEnd && at == branch.size() - 1 && isLast(branch);
        int cut = ascending ? leaf.size() - 1 : leaf.size() / 2;
        Object least = leaf.key(cut);
        Fork<Leaf> next = branch.with(at, leaf.part(0, cut), least, leaf.part(cut, leaf.size()));
        branch.child(at).setReplaced();
        replace(branch, next, key, ascending);
    }

    private boolean isLast(Fork<Leaf> branch) {
        Fork<Fork<Leaf>> root = this.root;
        return root.child(root.size() - 1) == branch;
    }

    private static void put(Fork<Leaf> branch, int at, Leaf leaf) {
        branch.child(at).setReplaced();
        branch.set(at, leaf);
    }

    private void remove(Fork<Leaf> branch, int at, Leaf leaf, Object key) {
        int left = at + 1 < branch.size() ? at : at - 1;
        if (leaf.size() == 0) {
            removeLeaf(branch, at, leaf, key);
        } else if (leaf.size() < SMALL
                && left >= 0
                && leaf.size() + sibling(branch, at, left).size() <= 2 * SMALL) {
            Leaf sibling = sibling(branch, at, left);
            branch.child(at).setReplaced();
            sibling.setReplaced();
            Leaf both = left == at ? leaf.with(sibling) : sibling.with(leaf);
            replace(branch, branch.merged(left, both), key, false);
        } else {
            put(branch, at, leaf);
        }
    }

    private static Leaf sibling(Fork<Leaf> branch, int at, int left) {
        return branch.child(left == at ? at + 1 : left);
    }

    private void removeLeaf(Fork<Leaf> branch, int at, Leaf empty, Object key) {
        if (branch.size() > 1) {
            branch.child(at).setReplaced();
            replace(branch, branch.without(at), key, false);
            return;
        }
        synchronized (this) {
            Fork<Fork<Leaf>> root = this.root;
            if (root.size() == 1) {
                put(branch, at, empty);
            } else {
                Fork<Fork<Leaf>> next = root.without(root.find(Digest.of(key), key, keys));
                branch.child(at).setReplaced();
                branch.setReplaced();
                this.root = next;
            }
        }
    }

    /**
     * By one who holds the branch's monitor. What may fail, if the stack or memory is at its end, comes before the branch is
     * marked: else writers would try for ever.
     */
    private void replace(Fork<Leaf> branch, Fork<Leaf> next, Object key, boolean ascending) {
        synchronized (this) {
            Fork<Fork<Leaf>> root = this.root;
            int at = root.find(Digest.of(key), key, keys);
            if (next.size() <= MAX_LEAVES) {
                root.set(at, branch);
                branch.setReplaced();
                root.set(at, next);
            } else {
                int cut = ascending ? next.size() - 1 : next.size() / 2;
                Fork<Fork<Leaf>> longer =
                        root.with(at, next.part(0, cut), next.least(cut), next.part(cut, next.size()));
                branch.setReplaced();
                this.root = longer;
            }
        }
    }

    @Override
    public @Nullable Tuple above(@Nullable Object key) {
        return Cells.first(new Way(key, false, null, true).next());
    }

    @Override
    public @Nullable Tuple below(@Nullable Object key) {
        return Cells.first(new Way(key, false, null, false).next());
    }

    @Override
    public Cursor all() {
        return new Way(null, true, null, true);
    }

    @Override
    public Cursor range(@Nullable Object from, @Nullable Object to, boolean reverse) {
        return reverse ? new Way(to, true, from, false) : new Way(from, true, to, true);
    }

    /** From one key to another, up or down. */
    private final class Way implements Cursor {
        private final @Nullable Object to;
        private final int direction;
        private Fork<Leaf> branch;
        private int at; // of the leaf in the branch
        private Leaf leaf;
        private int index;
        private int last; // to be looked at in this leaf
        private boolean over;
        private @Nullable Object[] plain = {}; // of this leaf, as they were when it was come to

        Way(@Nullable Object from, boolean included, @Nullable Object to, boolean up) {
            this.to = to;
            this.direction = up ? 1 : -1;
            if (from == null) {
                Fork<Fork<Leaf>> root = OrderedCells.this.root;
                branch = root.child(up ? 0 : root.size() - 1);
                at = up ? 0 : branch.size() - 1;
                leaf = branch.child(at);
                index = up ? 0 : leaf.size() - 1;
                setLast();
            } else {
                seek(from, included);
            }
        }

        private void seek(Object key, boolean included) {
            long digest = Digest.of(key);
            Fork<Fork<Leaf>> root = OrderedCells.this.root;
            int atBranch = root.find(digest, key, keys);
            branch = root.child(atBranch);
            at = branch.find(digest, key, keys);
            leaf = branch.child(at);
            int found = leaf.find(digest, key);
            if (found >= 0) {
                index = included ? found : found + direction;
            } else {
                index = direction > 0 ? -1 - found : -2 - found;
            }
            while (index < 0 || index >= leaf.size()) {
                at += direction;
                if (at < 0 || at >= branch.size()) {
                    atBranch += direction;
                    if (atBranch < 0 || atBranch >= root.size()) {
                        over = true;
                        return;
                    }
                    branch = root.child(atBranch);
                    at = direction > 0 ? 0 : branch.size() - 1;
                }
                leaf = branch.child(at);
                index = direction > 0 ? 0 : leaf.size() - 1;
            }
            setLast();
        }

        private void setLast() {
            last = direction > 0 ? leaf.size() - 1 : 0;
            if (to != null) {
                int found = leaf.find(Digest.of(to), to);
                last = found >= 0 ? found : direction > 0 ? -2 - found : -1 - found;
            }
        }

        @Override
        public @Nullable Object next() {
            while (!over) {
                while (isWithin(index)) {
                    Object cell = look();
                    index += direction;
                    if (cell != null) {
                        return cell;
                    }
                }
                nextLeaf();
                lookAhead();
            }
            return null;
        }

        @Override
        public int next(Tuple[] run) {
            while (!over && !isWithin(index)) {
                nextLeaf();
            }
            if (over || leaf.replaced()) {
                return 0;
            }
            int to = index;
            int rows = 0;
            while (isWithin(to) && rows < run.length && leaf.cell(to) instanceof Tuple row) {
                run[rows++] = row;
                to += direction;
            }
            if (leaf.replaced()) {
                return 0;
            }
            index = to;
            return rows;
        }

        private boolean isWithin(int index) {
            return direction > 0 ? index <= last : index >= last;
        }

        private @Nullable Object look() {
            Object cell = leaf.cell(index);
            if (leaf.replaced()) {
                return Batch.plain(get(keys.of(cell)));
            }
            return index < plain.length && plain[index] == cell ? cell : Batch.plain(cell);
        }

        /** Whoever goes through whole leaves waits once for all rows of one, not for each: memory brings many at a time. */
        private void lookAhead() {
            plain = plain.length == 0 ? new Object[Leaf.MAX_SIZE] : plain;
            leaf.copyPlain(plain);
        }

        private void nextLeaf() {
            int end = direction > 0 ? leaf.size() - 1 : 0;
            if (leaf.size() == 0 || last != end) {
                over = true;
            } else if (!branch.replaced() && at + direction >= 0 && at + direction < branch.size()) {
                at += direction;
                leaf = branch.child(at);
                index = direction > 0 ? 0 : leaf.size() - 1;
                setLast();
            } else {
                seek(leaf.key(end), false);
            }
        }
    }
}
