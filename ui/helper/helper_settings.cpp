#include "ui/helper/helper_settings.h"

#include <QCoreApplication>
#include <QSettings>
#include <algorithm>

namespace likeness {
namespace {

const QString kOn = QStringLiteral("helper/on");
const QString kAddress = QStringLiteral("helper/address");
const QString kModel = QStringLiteral("helper/model");
const QString kSide = QStringLiteral("helper/pictureSide");
constexpr int kSmallestSide = 256, kLargestSide = 1536;

}  // namespace

HelperSettings HelperSettings::load() {
  const QSettings settings;
  HelperSettings helper;
  helper.on = settings.value(kOn, false).toBool();
  helper.address = settings.value(kAddress).toString();
  helper.model = settings.value(kModel).toString();
  helper.pictureSide = std::clamp(settings.value(kSide, helper.pictureSide).toInt(), kSmallestSide, kLargestSide);
  return helper;
}

void HelperSettings::save() const {
  QSettings settings;
  settings.setValue(kOn, on);
  settings.setValue(kAddress, address);
  settings.setValue(kModel, model);
  settings.setValue(kSide, pictureSide);
}

QUrl HelperSettings::endpoint() const {
  if (!problemWith(address).isEmpty()) return {};
  QUrl url(address.trimmed(), QUrl::StrictMode);
  QString path = url.path();
  while (path.endsWith(u'/')) path.chop(1);
  if (!path.endsWith(QStringLiteral("/v1"))) path += QStringLiteral("/v1");
  url.setPath(path + QStringLiteral("/chat/completions"));
  return url;
}

QString HelperSettings::place() const {
  const QUrl url(address.trimmed(), QUrl::StrictMode);
  return url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
}

QString HelperSettings::problemWith(const QString& address) {
  const auto say = [](const char* text) { return QCoreApplication::translate("likeness::HelperSettings", text); };
  if (address.trimmed().isEmpty()) {
    return say(QT_TRANSLATE_NOOP("likeness::HelperSettings", "Give the server's address, for example http://localhost:8080."));
  }
  const QUrl url(address.trimmed(), QUrl::StrictMode);
  const bool web = url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https");
  if (!url.isValid() || !web || url.host().isEmpty()) {
    return say(QT_TRANSLATE_NOOP("likeness::HelperSettings", "That is no address of a server. It begins with http:// or https://."));
  }
  if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment()) {
    return say(QT_TRANSLATE_NOOP("likeness::HelperSettings", "Give the address alone, without a name, a password or a question mark."));
  }
  return {};
}

}  // namespace likeness
