// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/sendlist/send_list.h"

#include <QHash>
#include <QKeySequence>
#include <QObject>

class QShortcut;

namespace sockeye {

/// A key as lists have it: "F5", "ctrl + 1". Empty: there is none of that name.
[[nodiscard]] QKeySequence messageKey(const QString& key);

/// The keys that send messages of a list, while the focus is in its page.
class MessageKeys final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void setPage(QWidget* page) { m_page = page; } ///< has to live as long
    /// Those of the messages, instead of those before. Why some do nothing, by row, in sentences: the window uses them
    /// for something else, or there is no such key.
    [[nodiscard]] QHash<int, QString> make(const std::vector<ListMessage>& messages);
    /// The same of one key.
    [[nodiscard]] QString objection(const QString& key) const;

Q_SIGNALS:
    void pressed(int row);

private:
    [[nodiscard]] QHash<QKeySequence, QString> taken() const;

    QWidget* m_page = nullptr;
    QList<QShortcut*> m_shortcuts;
};

} // namespace sockeye
