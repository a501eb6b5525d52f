// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"
#include "ui/hexview/byte_export.h"

#include <QMenu>

namespace sockeye {

class MessagesModel;
class MessagesTable;
class SendListPanel;

/// What one can do with the selected messages.
class MessagesMenu : public QMenu {
    Q_OBJECT
public:
    /// `column`: of the cell that was clicked; -1: of none.
    /// `compared`: how many messages it would be that are compared; 0: none can be.
    MessagesMenu(
        MessagesTable& table, const MessagesModel& model, int column, std::size_t compared, QWidget* parent = nullptr);

Q_SIGNALS:
    void copyRowsChosen();
    void copyBytesChosen(sockeye::ByteForm form);
    void compareChosen(); ///< the selected messages
    void exportChosen(); ///< the selected messages
    void listChosen(sockeye::SendListPanel* list); ///< takes the selected messages; null: a new one does
    void markToggled();
    void markChosen(sockeye::MarkColour colour);
    void noteChosen();
    void filterChosen(const QString& test, bool also); ///< `also`: joins the filter that is there
    void connectionChosen(quint32 connection); ///< show only its messages; 0: all

private:
    void addCopyBytes(bool hasBytes);
    void addSendLists(bool hasSelection);
    void addMarks(const MessagesModel& model, int row);
    void addFilters(const MessagesModel& model, int row, int column);
    void addSorting(MessagesTable& table, const MessagesModel& model);
};

} // namespace sockeye
