// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/file_saver.h"
#include "app/storage/file_watch.h"
#include "app/threads/latest_task.h"

#include <QJsonObject>
#include <QWidget>

#include <functional>
#include <memory>

#include <tl/expected.hpp>

class QAction;
class QHBoxLayout;

namespace sockeye {

class CodeEdit;
class ElidedLabel;

/// What a bar says of its texts.
struct CodeFileWords {
    QString openTitle; ///< of the dialogs
    QString saveTitle;
    QString kinds; ///< of files, as dialogs want them
    QString suffix;
    QString none; ///< a sentence: the text is in no file
    QString nameOfFile; ///< the accessible name of what says the file
    QString button; ///< and of the button
};

/// Where the text of an editor comes from and goes to: a button with a menu, and the file's name. A file is read again
/// when it changes, unless what is written here was changed, too. The disk is read and written in the background.
class CodeFileBar final : public QWidget {
    Q_OBJECT
public:
    CodeFileBar(CodeEdit* text, const CodeFileWords& words, QWidget* parent = nullptr);

    void addLeft(QWidget* widget); ///< at the beginning of the line
    void addRight(QWidget* widget); ///< at the end of the line
    void begin(const QString& text); ///< that everybody begins with, and nobody has to keep
    void open(const QString& file); ///< its text takes the place of the one that is there
    void watch(const QStringList& files); ///< these, too: read() tells that they may have changed
    [[nodiscard]] const QString& file() const { return m_file; } ///< empty: none
    [[nodiscard]] bool isChanged() const; ///< not as its file has it
    [[nodiscard]] bool hasOwnText() const; ///< another one than everybody begins with
    [[nodiscard]] bool hasUnsaved() const; ///< something of the user's that is in no file
    /// Does that, by which the text goes, once nothing unsaved is lost: at once, or when the user has said what is to
    /// become of it; not if that is to keep it. `why` it goes, in a sentence.
    void whenSettled(const QString& why, const std::function<void()>& act);

    [[nodiscard]] QJsonObject saveState() const; ///< "file", and "text" where that is not what the file has
    void restoreState(const QJsonObject& state); ///< anything may stand in it

Q_SIGNALS:
    /// The file was read again, and the text is what it says; `before`: what it was. The same: perhaps another file.
    void read(const QString& before);
    void statusMessage(const QString& text);

private:
    void choose();
    void chooseNew();
    void saveOrChoose();
    void save(const QString& file);
    void follow(const QString& file);
    void readAgain();
    void take(QString text);
    void showFile();

    CodeEdit* m_text;
    CodeFileWords m_words;
    QHBoxLayout* m_line;
    QAction* m_save;
    ElidedLabel* m_name;
    FileSaver m_saver;
    std::unique_ptr<FileWatch> m_watch; ///< null: there is no file
    QStringList m_also; ///< watched beside it
    QString m_file;
    QString m_first; ///< the text that everybody begins with
    std::function<void()> m_whenSaved;
    QString m_saving; ///< the text that is being written
    LatestTask<tl::expected<QString, QString>> m_reading;
    bool m_loads = false; ///< the file's text is to be shown when it comes, whatever is written here
};

} // namespace sockeye
