// The helper against a real HTTP server that the test starts.
#include <QComboBox>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include "tests/gui/shell_tests.h"
#include "tests/support/chat_server.h"
#include "ui/helper/event_stream.h"
#include "ui/helper/helper_panel.h"
#include "ui/subject/subject_page.h"
#include "ui/widgets/qimage.h"

using namespace likeness;
using Script = ChatServer::Script;

namespace {

HelperSettings settingsFor(const QString& address) { return {true, address, QStringLiteral("eyes"), 256}; }

struct Asking {
  HelperClient client;
  QSignalSpy succeeded{&client, &HelperClient::succeeded};
  QSignalSpy failed{&client, &HelperClient::failed};
  QSignalSpy pieces{&client, &HelperClient::textArrived};

  QString answer() { return succeeded.isEmpty() ? QString() : succeeded.front().front().toString(); }
  QString failure() { return failed.isEmpty() ? QString() : failed.front().front().toString(); }
};

}  // namespace

class TestHelper : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void cleanup() { HelperSettings{}.save(); }

  void eventsComeWholeWhateverTheirPieces() {
    const QByteArray all = "data: one\n\n: remark\nevent: x\ndata: two\r\ndata:three\r\n\r\ndata: last";
    for (const int piece : {1, 2, 3, 7, 100}) {
      EventStream stream;
      QByteArrayList events;
      for (qsizetype at = 0; at < all.size(); at += piece) events += stream.feed(all.mid(at, piece));
      QCOMPARE(events, (QByteArrayList{"one", "two\nthree"}));
      QCOMPARE(stream.rest(), QByteArray("last"));
    }
    EventStream stream;
    QVERIFY(stream.feed("data: " + QByteArray(300'000, 'x')).isEmpty());
    QVERIFY(stream.isTooLong());
  }

  void addresses() {
    QCOMPARE(settingsFor(QStringLiteral("http://localhost:8080/")).endpoint(), QUrl(QStringLiteral("http://localhost:8080/v1/chat/completions")));
    QCOMPARE(settingsFor(QStringLiteral("http://[::1]:8000/api/v1")).endpoint(), QUrl(QStringLiteral("http://[::1]:8000/api/v1/chat/completions")));
    for (const auto* bad : {"", "localhost:8080", "ftp://a.b", "file:///etc/passwd", "http://", "http://me:pw@host", "http://host/?a=b"}) {
      QVERIFY2(!HelperSettings::problemWith(QString::fromLatin1(bad)).isEmpty(), bad);
      QVERIFY(!settingsFor(QString::fromLatin1(bad)).isReady());
    }
    QVERIFY(!HelperSettings{}.isReady());
  }

  void answersStreamIn() {
    ChatServer server;
    server.setScript(Script::Stream, {"A d\xc3\xb6g <b>", "on\x07 a ", "rug.\xe2\x80\xae", "\n"});
    Asking asking;
    QImage picture(1000, 500, QImage::Format_RGB32);
    picture.fill(Qt::red);
    picture.setText(QStringLiteral("Author"), QStringLiteral("Anna"));
    asking.client.ask(settingsFor(server.address()), {QStringLiteral("What is it?"), picture});
    QTRY_COMPARE(asking.answer(), QStringLiteral("A dög <b>on a rug."));  // as plain text, without controls
    QVERIFY(asking.pieces.size() >= 2);
    QVERIFY(!asking.client.isBusy());
    QVERIFY(server.lastHead().startsWith("POST /v1/chat/completions "));
    const QJsonObject body = QJsonDocument::fromJson(server.lastBody()).object();
    QCOMPARE(body.value(QStringLiteral("stream")).toBool(), true);
    QCOMPARE(body.value(QStringLiteral("model")).toString(), QStringLiteral("eyes"));
    const QJsonArray parts = body.value(QStringLiteral("messages")).toArray().first().toObject().value(QStringLiteral("content")).toArray();
    QCOMPARE(parts.at(0).toObject().value(QStringLiteral("text")).toString(), QStringLiteral("What is it?"));
    const QString url = parts.at(1).toObject().value(QStringLiteral("image_url")).toObject().value(QStringLiteral("url")).toString();
    QVERIFY(url.startsWith(QStringLiteral("data:image/jpeg;base64,")));
    const QByteArray jpeg = QByteArray::fromBase64(url.mid(url.indexOf(u',') + 1).toLatin1());
    QCOMPARE(QImage::fromData(jpeg).size(), QSize(256, 128));  // smaller, and bare
    QVERIFY(!jpeg.contains("Anna"));
  }

  void serversThatCannotStream() {
    ChatServer server;
    server.setScript(Script::Json);
    Asking asking;
    asking.client.ask(settingsFor(server.address()), {QStringLiteral("?"), {}});
    QTRY_COMPARE(asking.answer(), QStringLiteral("A dog on a rug."));
  }

  void failuresAreOneSentence_data() {
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("words");
    QTest::newRow("500") << Script::Error500 << QStringLiteral("error 500: the <b>model</b> is not loaded");
    QTest::newRow("garbage") << Script::Garbage << QStringLiteral("not as a chat server");
    QTest::newRow("endless") << Script::Endless << QStringLiteral("more than an answer");
    QTest::newRow("breaks") << Script::Breaks << QStringLiteral("broke off");
    QTest::newRow("silent") << Script::Silent << QStringLiteral("said nothing");
    QTest::newRow("slow") << Script::Slow << QStringLiteral("said nothing");
  }
  void failuresAreOneSentence() {
    QFETCH(Script, script);
    QFETCH(QString, words);
    ChatServer server;
    server.setScript(script);
    Asking asking;
    asking.client.setPatience(150, 2000);
    asking.client.ask(settingsFor(server.address()), {QStringLiteral("?"), {}});
    QTRY_COMPARE(asking.failed.size(), 1);
    QVERIFY2(asking.failure().contains(words), qPrintable(asking.failure()));
    QVERIFY(asking.failure().contains(server.address()));
    QCOMPARE(asking.succeeded.size(), 0);
    QVERIFY(!asking.client.isBusy());
    QTRY_COMPARE(server.openConnections(), 0);
  }

  void nobodyThere() {
    QString address;
    {
      const ChatServer gone;
      address = gone.address();
    }
    Asking asking;
    asking.client.ask(settingsFor(address), {QStringLiteral("?"), {}});
    QTRY_COMPARE(asking.failed.size(), 1);
    QVERIFY(asking.failure().contains(QStringLiteral("Nothing answers at")));
  }

  void redirectsAreNotFollowed() {
    ChatServer other;
    ChatServer server;
    server.setScript(Script::Redirect);
    server.setRedirect(other.address().toLatin1() + "/v1/chat/completions");
    Asking asking;
    asking.client.ask(settingsFor(server.address()), {QStringLiteral("?"), {}});
    QTRY_COMPARE(asking.failed.size(), 1);
    QVERIFY2(asking.failure().contains(QStringLiteral("another address")), qPrintable(asking.failure()));
    QTest::qWait(30);
    QCOMPARE(other.questions(), 0);
  }

  void cancelIsAtOnce() {
    ChatServer server;
    server.setScript(Script::Slow);
    Asking asking;
    asking.client.ask(settingsFor(server.address()), {QStringLiteral("?"), {}});
    QTRY_VERIFY(!asking.pieces.isEmpty());
    asking.client.cancel();
    QVERIFY(!asking.client.isBusy());
    QTRY_COMPARE(server.openConnections(), 0);
    QCOMPARE(asking.succeeded.size() + asking.failed.size(), 0);
  }

  void offByDefault() {
    Studio studio;
    studio.backend.makeScene({toPath(studio.folder.path())}, 0, false, 0);
    studio.window.openProject(toQString(studio.backend.project().folder));
    QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("subject"));
    QVERIFY(!studio.find<QPushButton>("askHelper")->isVisible());
    auto* page = qobject_cast<SubjectPage*>(studio.window.page(QStringLiteral("subject")));
    QVERIFY(page->openHelper() == nullptr);
    QVERIFY(studio.find<NoticeBanner>("noticeBanner")->sentence().contains(QStringLiteral("off")));
  }

  void describesNamesAndWarns() {
    ChatServer server;
    settingsFor(server.address()).save();
    Studio studio;
    studio.backend.makeScene({toPath(studio.folder.path())}, 0, false, 1);
    studio.window.openProject(toQString(studio.backend.project().folder));
    QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("subject"));
    auto* page = qobject_cast<SubjectPage*>(studio.window.page(QStringLiteral("subject")));
    page->helperChanged();
    QTest::mouseClick(studio.find<QPushButton>("askHelper"), Qt::LeftButton);
    auto* panel = studio.find<HelperPanel>("helperPanel");
    QVERIFY(panel != nullptr && panel->isVisible());
    QVERIFY(!panel->isModal());
    // Before anything is sent it says what would go where.
    const QString travel = panel->findChild<QLabel*>(QStringLiteral("helperTravel"))->text();
    QVERIFY2(travel.contains(QStringLiteral("Photo 1, 240 × 240")) && travel.contains(server.address()), qPrintable(travel));
    QCOMPARE(server.questions(), 0);
    const auto press = [&](const char* name) { QTest::mouseClick(panel->findChild<QPushButton*>(QLatin1String(name)), Qt::LeftButton); };
    auto* answer = panel->findChild<QPlainTextEdit*>(QStringLiteral("helperAnswer"));
    auto* state = panel->findChild<QLabel*>(QStringLiteral("helperState"));
    press("helperDescribe");
    QVERIFY(state->text().contains(QStringLiteral("was sent to ") + server.address()));
    QTRY_COMPARE(answer->toPlainText(), QStringLiteral("A dog on a rug."));
    QTRY_VERIFY(panel->findChild<QPushButton*>(QStringLiteral("helperUse"))->isVisible());
    press("helperUse");
    QTRY_COMPARE(studio.window.session()->project().photos.at(0).caption, std::string("[V] dog on a rug."));
    page->undoStack()->undo();
    QTRY_COMPARE(studio.window.session()->project().photos.at(0).caption, std::string());

    server.setScript(Script::Stream, {"A teapot.\n", "or so"});
    press("helperNoun");
    QTRY_VERIFY(panel->findChild<QPushButton*>(QStringLiteral("helperUse"))->text().contains(QStringLiteral("teapot")));
    press("helperUse");
    QTRY_COMPARE(studio.window.session()->project().classNoun, std::string("teapot"));

    server.setScript(Script::Stream, {"UNSAFE: blood"});
    press("helperSafety");
    QTRY_VERIFY(state->text().contains(QStringLiteral("Better look")));
    auto* question = panel->findChild<QLineEdit*>(QStringLiteral("helperQuestion"));
    QTest::keyClicks(question, QStringLiteral("What colour is it?"));
    QTest::keyClick(question, Qt::Key_Return);
    QTRY_VERIFY(server.lastBody().contains("What colour is it?"));
    QTRY_VERIFY(!panel->client()->isBusy());

    server.setScript(Script::Stream, {"SAFE: a toy"});
    const int before = server.questions();
    press("helperCheckAll");
    QTRY_COMPARE(server.questions(), before + 4);  // three photos and a picture
    QTRY_VERIFY(state->text().contains(QStringLiteral("Nothing was found")));
    press("helperDescribeAll");
    QTRY_VERIFY(!panel->client()->isBusy() && state->text().contains(QStringLiteral("Done")));
    QTRY_VERIFY(!studio.window.session()->project().photos.at(2).caption.empty());

    server.setScript(Script::Slow);
    press("helperPrompts");
    QTRY_VERIFY(panel->findChild<QPushButton*>(QStringLiteral("helperStop"))->isVisible());
    press("helperStop");
    QVERIFY(!panel->client()->isBusy());
    QTRY_COMPARE(server.openConnections(), 0);
  }

  void answersBecomeWords() {
    QCOMPARE(asCaption(QStringLiteral("\"The Dog sits\n by a dog house\""), QStringLiteral("dog")), QStringLiteral("[V] dog sits by a dog house"));
    QCOMPARE(asCaption(QStringLiteral("a hotdog"), QStringLiteral("dog")), QStringLiteral("a hotdog"));
    QCOMPARE(asNoun(QStringLiteral("A Toy Robot!")), QStringLiteral("toy robot"));
    QCOMPARE(asNoun(QStringLiteral("I think that it may be a dog")), QString());
    QVERIFY(!isWarning(QStringLiteral("**SAFE** – a dog")));
    QVERIFY(isWarning(QStringLiteral("UNSAFE")) && isWarning(QStringLiteral("I can't say")));
  }
};

QObject* makeHelperTest() { return new TestHelper; }

#include "test_helper.moc"
