// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/file_dialogs.h"

#include "ui/pages/page.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace sockeye {

namespace {

QString fileDialogText(const char* text)
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

} // namespace

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

void askForFilesToOpen(QWidget* window, const std::function<void(const QStringList&)>& chosen)
{
    auto* dialog = new QFileDialog(window, fileDialogText("Open a capture or a workspace"), QString(),
        fileDialogText("Captures and workspaces (*.pcapng *.pcap *.cap *.sockeye);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    QObject::connect(dialog, &QFileDialog::filesSelected, window, chosen);
    dialog->open();
}

void askWhereToSaveCapture(QWidget* window, const Page& page, const std::function<void(const QString&)>& chosen)
{
    QFileDialog* dialog = saveDialog(window, fileDialogText("Save the capture of %1").arg(page.title()),
        fileDialogText("pcapng captures (*.pcapng)"), QStringLiteral("pcapng"));
    dialog->selectFile(fileNameFor(page.title()) + u".pcapng");
    QObject::connect(dialog, &QFileDialog::fileSelected, window, chosen);
    dialog->open();
}

void askWhereToSaveLeftCaptures(QWidget* window, qsizetype count, const std::function<void(const QString&)>& chosen)
{
    QFileDialog* dialog = saveDialog(window, fileDialogText("Save what was left behind"),
        fileDialogText("pcapng captures (*.pcapng)"), QStringLiteral("pcapng"));
    if (count > 1) {
        dialog->setWindowTitle(fileDialogText("Save what was left behind in a folder"));
        dialog->setAcceptMode(QFileDialog::AcceptOpen);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    }
    QObject::connect(dialog, &QFileDialog::fileSelected, window, chosen);
    dialog->open();
}

void askWhereToSaveWorkspace(QWidget* window, const std::function<void(const QString&)>& chosen)
{
    QFileDialog* dialog = saveDialog(window, fileDialogText("Save the open pages as a workspace"),
        fileDialogText("Sockeye workspaces (*.sockeye)"), QStringLiteral("sockeye"));
    QObject::connect(dialog, &QFileDialog::fileSelected, window, chosen);
    dialog->open();
}

void askWhereToSaveWiresharkDissector(
    QWidget* window, const QString& name, const std::function<void(const QString&)>& chosen)
{
    // Where Wireshark looks for a user's own plug-ins.
    const QString plugins = QDir::home().filePath(QStringLiteral(".local/lib/wireshark/plugins"));
    QFileDialog* dialog = saveDialog(window, fileDialogText("Save the dissector for Wireshark"),
        fileDialogText("Lua scripts (*.lua)"), QStringLiteral("lua"));
    dialog->selectFile(
        QDir(QFileInfo(plugins).isDir() ? plugins : QDir::homePath()).filePath(name + QStringLiteral(".lua")));
    QObject::connect(dialog, &QFileDialog::fileSelected, window, chosen);
    dialog->open();
}

} // namespace sockeye
