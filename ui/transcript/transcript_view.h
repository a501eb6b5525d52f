// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/transcript_entry.h"

#include <QListView>

namespace sockeye {

class TranscriptDelegate;
class TranscriptModel;

/// The transcript: what was asked, what came back, what went wrong; newest at the bottom, followed until one scrolls up
/// or selects something older. Accessible name "Transcript".
class TranscriptView : public QListView {
    Q_OBJECT
public:
    explicit TranscriptView(TranscriptModel& model, QWidget* parent = nullptr);

    [[nodiscard]] const TranscriptEntry*
    currentEntry() const; ///< null: nothing selected; valid until the model changes

Q_SIGNALS:
    void entrySelected(); ///< another one, by the user or by following
    void copyWanted(sockeye::CopyForm form);
    void copyTextWanted();
    void editAgainWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void follow();
    void noticeScroll();
    void layOutAgain();
    void clearTranscript();

    TranscriptModel& m_model;
    TranscriptDelegate* m_delegate;
    bool m_following = true;
    bool m_silent = false; ///< the view itself scrolls or selects
};

} // namespace sockeye
