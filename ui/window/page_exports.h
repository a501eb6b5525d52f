// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/export.h"

#include <QObject>

class QBoxLayout;
class QMainWindow;

namespace sockeye {

class MessageLine;
class Page;

/// Exports from the pages of one window: asks what and where to, shows how far they are at the top of the window, and
/// says what came of them.
class PageExports : public QObject {
    Q_OBJECT
public:
    /// `place` gets a line for each export under way; `messages` what went wrong.
    PageExports(QMainWindow* window, QBoxLayout* place, MessageLine* messages);

    void askFor(const Page& page, bool preferSelected); ///< opens the dialog
    void start(const ExportRequest& request);
    /// The Lua script for Wireshark: of the protocol that the page reads by, if it has one; else, or without a page, of
    /// the application protocol.
    void askWhereToSaveDissector(const Page* page);
    void saveDissector(const ProtocolPtr& protocol, const QString& file);

private:
    void tellDissector(const QString& file, const QStringList& missing, const Failure& failure);
    void tell(const ExportRequest& request, const ExportResult& result);

    QMainWindow* m_window;
    QBoxLayout* m_place;
    MessageLine* m_messages;
    QString m_folder; ///< of the last export
};

} // namespace sockeye
