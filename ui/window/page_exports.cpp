// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/page_exports.h"

#include "app/export/pending_file.h"
#include "app/threads/background_threads.h"
#include "ui/pages/page.h"
#include "ui/text/display_text.h"
#include "ui/widgets/message_line.h"
#include "ui/window/export_bar.h"
#include "ui/window/export_dialog.h"
#include "ui/window/file_dialogs.h"
#include "ui/window/status_time.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMainWindow>
#include <QPointer>
#include <QStandardPaths>
#include <QStatusBar>
#include <QThreadPool>

namespace sockeye {

namespace {

QString usualFolder()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

} // namespace

PageExports::PageExports(QMainWindow* window, QBoxLayout* place, MessageLine* messages)
    : QObject(window)
    , m_window(window)
    , m_place(place)
    , m_messages(messages)
    , m_folder(usualFolder())
{
}

void PageExports::askFor(const Page& page, bool preferSelected)
{
    const std::shared_ptr<Capture> capture = page.capture();
    if (!capture) {
        return;
    }
    const QString title = page.title();
    auto* dialog = new ExportDialog(
        page.exportableMessages(), QDir(m_folder).filePath(fileNameFor(title)), preferSelected, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, capture, title] {
        m_folder = QFileInfo(dialog->file()).absolutePath();
        start({ capture, dialog->rows(), dialog->format(), dialog->file(), title, dialog->fields() });
    });
    dialog->setFieldNames(capture->protocol()->fieldNames().value_or(QStringList()));
    dialog->open();
}

void PageExports::start(const ExportRequest& request)
{
    auto* bar = new ExportBar(request);
    m_place->insertWidget(m_place->indexOf(m_messages) + 1, bar);
    connect(bar, &ExportBar::finished, this, [this, request](const ExportResult& result) { tell(request, result); });
}

void PageExports::tell(const ExportRequest& request, const ExportResult& result)
{
    const QString name = QDir::toNativeSeparators(request.file);
    if (result.failure) {
        m_messages->tell(result.failure);
    } else if (result.cancelled) {
        m_window->statusBar()->showMessage(tr("Export cancelled: nothing was written."), statusMilliseconds);
    } else if (result.files.isEmpty()) {
        m_messages->tell(tr("Nothing was written: these messages have no bytes."));
    } else if (result.incomplete > 0) {
        m_messages->tell(tr("Exported to %1, but of %2 of %3 messages not all bytes could be read back.")
                             .arg(name, groupedNumber(result.incomplete), groupedNumber(result.rows)));
    } else if (result.files.size() > 1) {
        m_window->statusBar()->showMessage(
            tr("Exported to %1 files: %2, …")
                .arg(groupedNumber(result.files.size()), QDir::toNativeSeparators(result.files.first())),
            statusMilliseconds);
    } else {
        m_window->statusBar()->showMessage(
            tr("Exported to %1").arg(QDir::toNativeSeparators(result.files.first())), statusMilliseconds);
    }
}

void PageExports::askWhereToSaveDissector(const Page* page)
{
    const std::shared_ptr<Capture> capture = page != nullptr ? page->capture() : nullptr;
    // Only descriptions are made of named fields that Wireshark may not know.
    const bool isDescribed = capture && capture->protocol()->shape();
    const ProtocolPtr protocol = isDescribed ? capture->protocol() : defaultProtocol();
    askWhereToSaveWiresharkDissector(m_window, isDescribed ? protocol->formatName() : QStringLiteral("sockeye"),
        [this, protocol](const QString& file) { saveDissector(protocol, file); });
}

void PageExports::saveDissector(const ProtocolPtr& protocol, const QString& file)
{
    backgroundThreads().start([exports = QPointer<PageExports>(this), protocol, file] {
        const Dissector dissector = protocol->dissector();
        PendingFile script(file);
        if (script.create()) {
            script.write(dissector.lua);
            script.commit();
        }
        QMetaObject::invokeMethod(qApp, [exports, file, missing = dissector.missing, failure = script.failure()] {
            if (exports != nullptr) {
                exports->tellDissector(file, missing, failure);
            }
        });
    });
}

void PageExports::tellDissector(const QString& file, const QStringList& missing, const Failure& failure)
{
    if (failure) {
        m_messages->tell(failure);
        return;
    }
    if (!missing.isEmpty()) {
        m_messages->tell(tr("Saved as %1. It does not show everything as Sockeye does; the file says so at its "
                            "beginning:\n%2")
                             .arg(QDir::toNativeSeparators(file), missing.join(u'\n')));
        return;
    }
    m_window->statusBar()->showMessage(
        tr("Saved as %1. In Wireshark: Analyze, Reload Lua Plugins.").arg(QDir::toNativeSeparators(file)),
        statusMilliseconds);
}

} // namespace sockeye
