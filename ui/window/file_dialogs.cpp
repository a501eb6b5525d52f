// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/file_dialogs.h"

#include "ui/pages/page.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace sockeye {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sockeye::FileDialogs", text);
}

QFileDialog* saveDialog(QWidget* window, const QString& title, const QString& filter, const QString& suffix)
{
    auto* dialog = new QFileDialog(window, title, QString(), filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

/// A file name out of a page's title: "Server 65432" → "server-65432".
QString fileNameFor(const QString& title)
{
    QString name = title.toLower();
    for (QChar& character : name) {
        if (!character.isLetterOrNumber() && character != u'.') {
            character = u'-';
        }
    }
    return name;
}

} // namespace

void askForFilesToOpen(QWidget* window, const std::function<void(const QStringList&)>& chosen)
{
    auto* dialog = new QFileDialog(window, tr("Open a capture or a workspace"), QString(),
        tr("Captures and workspaces (*.pcapng *.pcap *.cap *.sockeye);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    QObject::connect(dialog, &QFileDialog::filesSelected, window, chosen);
    dialog->open();
}

void askWhereToSaveCapture(QWidget* window, const Page& page, const std::function<void(const QString&)>& chosen)
{
    QFileDialog* dialog = saveDialog(window, tr("Save the capture of %1").arg(page.title()),
        tr("pcapng captures (*.pcapng)"), QStringLiteral("pcapng"));
    dialog->selectFile(fileNameFor(page.title()) + u".pcapng");
    QObject::connect(dialog, &QFileDialog::fileSelected, window, chosen);
    dialog->open();
}

void askWhereToSaveLeftCaptures(QWidget* window, qsizetype count, const std::function<void(const QString&)>& chosen)
{
    QFileDialog* dialog =
        saveDialog(window, tr("Save what was left behind"), tr("pcapng captures (*.pcapng)"), QStringLiteral("pcapng"));
    if (count > 1) {
        dialog->setWindowTitle(tr("Save what was left behind in a folder"));
        dialog->setAcceptMode(QFileDialog::AcceptOpen);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    }
    QObject::connect(dialog, &QFileDialog::fileSelected, window, chosen);
    dialog->open();
}

void askWhereToSaveWorkspace(QWidget* window, const std::function<void(const QString&)>& chosen)
{
    QFileDialog* dialog = saveDialog(window, tr("Save the open pages as a workspace"),
        tr("Sockeye workspaces (*.sockeye)"), QStringLiteral("sockeye"));
    QObject::connect(dialog, &QFileDialog::fileSelected, window, chosen);
    dialog->open();
}

} // namespace sockeye
