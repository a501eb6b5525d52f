// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/row_choice.h"
#include "app/reading/capture.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace sockeye {

class SendListPanel;

/// Messages of a capture that are to be sent again.
struct ListSource {
    std::shared_ptr<Capture> capture; ///< never null
    RowChoice rows;
    quint32 connection = 0; ///< that one of them is of; 0: not known
};

/// The send lists that are open, for whoever has messages for one. GUI thread only; lives as long as the application.
class OpenLists final : public QObject {
    Q_OBJECT
public:
    static OpenLists& instance();

    void add(SendListPanel* list); ///< for as long as it lives
    [[nodiscard]] QList<SendListPanel*> lists() const; ///< that can take messages, in the order in which they came

Q_SIGNALS:
    void newListWanted(const sockeye::ListSource& source); ///< in a client page of its own

private:
    using QObject::QObject;
    QList<QPointer<SendListPanel>> m_lists;
};

} // namespace sockeye
