// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace sockeye::kaitai {

/// Where something stands in a description: a file, the path of keys and indices in it, and the line and column.
struct SourcePosition {
    QString file; ///< as the importer names it; empty for a text without a file
    QByteArray path; ///< "/seq/0/type"; "/" for the whole; empty where the text is not even YAML
    int line = 0; ///< from 1; 0 if unknown
    int column = 0; ///< from 1
};

/// One thing that is wrong with a description. A value.
struct Mistake {
    SourcePosition place;
    QString text; ///< a sentence: what is wrong, and what was expected
    bool isWarning = false; ///< the description can be used all the same

    friend bool operator==(const Mistake& a, const Mistake& b)
    {
        return a.place.path == b.place.path && a.text == b.text && a.isWarning == b.isWarning;
    }
};

/// "frame.ksy:12:5: /seq/0/type: There is no type “foo”." in one line.
[[nodiscard]] QString describe(const Mistake& mistake);

} // namespace sockeye::kaitai
