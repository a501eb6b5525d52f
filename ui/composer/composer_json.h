// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;

namespace sockeye {

class ComposerModel;
class ComposerTextEdit;

/// The request as text: the JSON header exactly as it goes out, and the content, as text where it is text and as hex
/// where it is not.
class ComposerJson : public QWidget {
    Q_OBJECT
public:
    explicit ComposerJson(ComposerModel& model, QWidget* parent = nullptr);

private:
    void show();
    void editHeader();
    void editContent();

    ComposerModel& m_model;
    ComposerTextEdit* m_header;
    ComposerTextEdit* m_content;
    QLabel* m_contentLabel;
    bool m_contentAsText = false;
    bool m_editing = false; ///< what is shown follows what is typed in m_content, not the other way round
};

} // namespace sockeye
