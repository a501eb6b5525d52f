// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/protocols/description_trial.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QSplitter;

namespace sockeye {

class DescriptionEdit;
class ElidedLabel;
class ErrorLine;
class HexView;
class StructureView;
class ViewLink;

/// A window with the text of a description and a message that is read by it while one types: mistakes are underlined on
/// the left, the bytes coloured on the right. What is saved is loaded at once by all that use the file.
class ProtocolEditor : public QWidget {
    Q_OBJECT
public:
    /// Opens the file in a window of its own, or brings the one to the front that has it.
    static ProtocolEditor* open(const QString& file, QWidget* parent);

    [[nodiscard]] QString file() const { return m_file; }
    void save(); ///< in the background

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    ProtocolEditor(const QString& file, QWidget* parent);
    QWidget* makeText();
    QWidget* makeMessage();
    void load();
    void loaded(const QByteArray& text, const QString& problem);
    void tryOut();
    void takeSelected();
    void show(const TrialResult& result);
    void showTitle();
    void askToSave();
    [[nodiscard]] bool isChanged() const;

    QString m_file;
    DescriptionEdit* m_text;
    QListWidget* m_mistakes;
    QPlainTextEdit* m_hex;
    QLabel* m_hexNote;
    QPushButton* m_take; ///< the message that is selected in a table
    ElidedLabel* m_summary;
    ErrorLine* m_error;
    StructureView* m_structure;
    HexView* m_bytes;
    ElidedLabel* m_path;
    ViewLink* m_link;
    QLabel* m_state;
    QPushButton* m_save;
    DescriptionTrial* m_trial;
    QTimer m_pause; ///< since the last key
    bool m_closes = false; ///< once it is saved
    bool m_isSaving = false;
    bool m_savesAgain = false; ///< once it was saved
    QList<kaitai::SourcePosition> m_places; ///< of the rows of m_mistakes
};

} // namespace sockeye
