// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/help/help_windows.h"

#include "ui/theme/icons.h"

#include <QAction>
#include <QApplication>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace sockeye {

namespace {

QString helpText(const char* text)
{
    return QCoreApplication::translate("sockeye::Help", text);
}

void addRow(QString& html, const QString& keys, const QString& what)
{
    html += u"<tr><td style='padding-right:24px'>" + keys.toHtmlEscaped() + u"</td><td>" + what.toHtmlEscaped()
        + u"</td></tr>";
}

void addHeading(QString& html, const QString& text)
{
    html += u"<tr><td colspan='2' style='padding-top:12px'><b>" + text.toHtmlEscaped() + u"</b></td></tr>";
}

void addActions(QString& html, const QMenu* menu)
{
    for (const QAction* action : menu->actions()) {
        if (!action->shortcut().isEmpty()) {
            addRow(html, action->shortcut().toString(QKeySequence::NativeText), action->text().remove(u'&'));
        }
    }
}

QString keyboardText(const QWidget* mainWindow)
{
    QString html = QStringLiteral("<table>");
    if (const auto* window = qobject_cast<const QMainWindow*>(mainWindow)) {
        for (const QAction* action : window->menuBar()->actions()) {
            addHeading(html, action->text().remove(u'&'));
            addActions(html, action->menu());
        }
    }
    addHeading(html, helpText("In a client page"));
    addRow(html, helpText("Ctrl+Enter"), helpText("Send the request"));
    addRow(html, helpText("Up, Down"), helpText("Earlier and later requests"));
    addHeading(html, helpText("In the lanes"));
    addRow(html, helpText("Arrows"), helpText("To the next thing, or to the next lane"));
    addRow(html, helpText("+, −, 0"), helpText("Zoom in, zoom out, show all of the connection"));
    addRow(html, helpText("Enter"), helpText("Show it as large as there is room"));
    addHeading(html, helpText("In the ladder"));
    addRow(html, helpText("Up, Down"), helpText("To the next step, or the one before"));
    addRow(html, helpText("Page Up, Page Down, Home, End"), helpText("Farther, and to the ends"));
    addHeading(html, helpText("In the latencies"));
    addRow(html, helpText("Left, Right"), helpText("To the reply before or after"));
    addRow(html, helpText("+, −, 0"), helpText("Zoom in, zoom out, show all of it"));
    addHeading(html, helpText("In a comparison"));
    addRow(html, helpText("F8, Shift+F8"), helpText("To the next or previous place where something differs"));
    addHeading(html, helpText("In the filter"));
    addRow(html, helpText("Ctrl+Space"), helpText("Fields, values and operators that may stand there"));
    addRow(html, helpText("Tab"), helpText("Take the completion"));
    addRow(html, helpText("Enter"), helpText("Filter now; take what a mistake suggests"));
    addRow(html, helpText("Esc"), helpText("Back to the last good filter, then to none"));
    addHeading(html, helpText("In the inspector"));
    addRow(html, helpText("F6, Shift+F6"), helpText("To the next or previous part: Structure, Bytes, JSON, Value"));
    addRow(html, helpText("Shift with arrows"), helpText("Select bytes"));
    html += u"</table>";
    return html;
}

} // namespace

void showKeyboardWindow(QWidget* mainWindow)
{
    auto* dialog = new QDialog(mainWindow);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(helpText("Keyboard – Sockeye"));
    auto* text = new QTextBrowser;
    text->setFrameShape(QFrame::NoFrame);
    text->setAccessibleName(helpText("Keyboard"));
    text->setHtml(keyboardText(mainWindow));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(buttons);
    dialog->resize(480, 640);
    dialog->show();
}

void showAboutWindow(QWidget* mainWindow)
{
    auto* dialog = new QDialog(mainWindow);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(helpText("About Sockeye"));
    auto* picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(128));
    picture->setAlignment(Qt::AlignCenter);
    auto* text = new QLabel(
        helpText("<h2>Sockeye %1</h2><p>An eye on your sockets: a workbench for people who write, teach, test "
                 "or debug socket programs.</p><p>Free software under the GNU General Public License, "
                 "version 3 or later.<br>Made with Qt %2, simdjson and tl::expected.</p>")
            .arg(QCoreApplication::applicationVersion(), QLatin1String(qVersion())));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setTextInteractionFlags(Qt::TextBrowserInteraction);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = new QVBoxLayout(dialog);
    layout->setSpacing(16);
    layout->addWidget(picture);
    layout->addWidget(text);
    layout->addWidget(buttons);
    dialog->resize(420, 380);
    dialog->show();
}

} // namespace sockeye
