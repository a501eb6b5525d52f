// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "ui/pages/tables_page.h"

class QCheckBox;
class QLabel;
class QProgressBar;

namespace sockeye {

class ProtocolBox;

/// An opened capture file, shown just as the traffic of an endpoint is. The file is read in the background: rows appear
/// as they come, reading can be cancelled, and what is wrong with the file is said in the page. A file that another
/// program is still writing is followed.
class CapturePage final : public TablesPage {
    Q_OBJECT
public:
    explicit CapturePage(const QString& file, QWidget* parent = nullptr);

    void restore(const QJsonObject& state); ///< what saveState() gave; anything else is ignored

    [[nodiscard]] const QString& file() const { return m_file; }
    /// Has everything read by another protocol. What is shown stays until that is there.
    void setProtocol(const ProtocolPtr& protocol);
    [[nodiscard]] const ProtocolPtr& protocol() const { return m_protocol; } ///< as chosen
    [[nodiscard]] bool isReading() const;
    /// Shows what is added to the file from now on, or no longer.
    void setFollowing(bool following);
    [[nodiscard]] bool isFollowing() const;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override { return isFollowing(); }
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return m_capture; }
    [[nodiscard]] QJsonObject saveState() const override;

private:
    QWidget* buildHeading();
    QWidget* buildProgress();
    void connectParts();
    void read();
    void showProgress();
    void applyTheme();

    QString m_file;
    ProtocolPtr m_protocol = defaultProtocol();
    FollowFile m_follow = FollowFile::IfGrowing;
    std::shared_ptr<Capture> m_capture;
    bool m_cancelled = false;
    QString m_toldState; ///< stateText() when titleChanged() was sent last

    QLabel* m_name = nullptr;
    QLabel* m_path = nullptr;
    QCheckBox* m_followBox = nullptr;
    ProtocolBox* m_readAs = nullptr;
    QWidget* m_progressRow = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_failure = nullptr;
};

} // namespace sockeye
