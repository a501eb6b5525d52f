// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/tree.h"
#include "protocol/kaitai/run/decoder.h"

#include <QVarLengthArray>

namespace sockeye::kaitai {

/// Makes the tree of what a decoder read, as far as it came.
class TreeMaker {
public:
    TreeMaker(Run& run, Decoder& decoder, bool withInstances)
        : m_run(run)
        , m_decoder(decoder)
        , m_withInstances(withInstances)
    {
    }

    void make(int root, Tree& out);

private:
    void structure(int object, TreeItem& item);
    void slot(const Attribute& what, int object, int number, int parent);
    void value(const Attribute& what, const Slot& slot, int parent, int index);
    void array(const Attribute& what, int array, TreeItem& item);
    void list(const Attribute& what, const ListValue& values, TreeItem& item);
    [[nodiscard]] bool instanceIsThere(int object, int number);
    [[nodiscard]] bool isReference(int object, int number, int of) const;
    /// A new item at the end, without its value. Good until the next one.
    TreeItem& append(const Attribute* what, const Slot& slot, int parent);
    QByteArrayView keptMessage();
    QByteArrayView kept(const QByteArray& bytes);
    QByteArrayView kept(const RangeValue& range);
    void close(int item) { m_out->items[static_cast<std::size_t>(item)].end = static_cast<int>(m_out->items.size()); }

    Run& m_run;
    Decoder& m_decoder;
    bool m_withInstances;
    Tree* m_out = nullptr;
    QVarLengthArray<int, 32> m_open; ///< objects that the walk is in
    qint64 m_most = 0; ///< of items
    bool m_inReference = false; ///< in an object that is shown a second time
    bool m_full = false;
};

/// Checks -value and -checksum of everything that was read, and notes what is wrong.
void checkOwnRules(Run& run, Decoder& decoder, Tree& out);

/// The path of an object from the root.
[[nodiscard]] QByteArray pathOfObject(const Heap& heap, int object);

} // namespace sockeye::kaitai
