// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/mistake.h"
#include "ui/composer/composer_model.h"

#include <QFutureWatcher>
#include <QJsonObject>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QToolButton;

namespace sockeye {

class ComposerTextEdit;

/// The request as text of any number of lines, of protocols of text: with escapes, macros, a checksum behind it, in
/// the page's encoding; or what a file holds. Mistakes are underlined, and said beneath.
class ComposerText : public QWidget {
    Q_OBJECT
public:
    explicit ComposerText(ComposerModel& model, QWidget* parent = nullptr);
    ~ComposerText() override; ///< does not wait for a file

    void showTyped(const ComposerModel::Typed& typed); ///< as if somebody had typed it
    void readFile(const QString& name); ///< its bytes become the request
    [[nodiscard]] QJsonObject saveState() const;
    void restore(const QJsonObject& state); ///< ignores what it cannot read

Q_SIGNALS:
    void encodingChosen(const QByteArray& encoding); ///< for all of the page

private:
    /// What a file gave: its bytes, or why not.
    struct FileContent {
        QByteArray bytes;
        QString problem;
    };
    void show(const QObject* source);
    void showBytes();
    void edit();
    void say(const QString& text, bool isError);
    void underline(const std::optional<filter::Mistake>& mistake);
    void chooseFile();
    void takeFile();
    [[nodiscard]] QByteArray encoding() const;
    [[nodiscard]] QString typed() const; ///< the text with the line ends that are chosen

    ComposerModel& m_model;
    ComposerTextEdit* m_edit;
    QCheckBox* m_escapes;
    QCheckBox* m_macros;
    QComboBox* m_encoding;
    QComboBox* m_lineEnd;
    QComboBox* m_checksum;
    QToolButton* m_file;
    QLabel* m_note;
    QByteArray m_shownEncoding;
    QFutureWatcher<FileContent> m_watcher;
    bool m_showing = false;
};

} // namespace sockeye
