"""The bot as it runs: a private chat and a group through inbox, lanes, limits and outbox, over a SIGKILL."""

from __future__ import annotations

from pathlib import Path

from tests.bot.telegram.process import BotProcess
from tests.telegram_server import TelegramServer

BEDS = "冰舌小屋有多少张床？"


def test_private_chat_outlives_the_process(server: TelegramServer, alpine_file: Path, tmp_path: Path) -> None:
    ada = server.user("Ada")
    with BotProcess(server, tmp_path, MODU_BASE=str(alpine_file)) as bot:
        ada.private().say("海拔多少？")
        asked = server.wait_for("sendMessage", chat=ada.id)
        ada.private().say("谢谢")
        server.wait_for("sendMessage", chat=ada.id, text="不客气")  # so the first one is written down as sent
        bot.kill()
        ada.press(server.message(asked), "冰舌小屋")
        bot.ready()
        answer = server.wait_for("sendMessage", chat=ada.id, text="❓ 海拔多少？ 冰舌小屋")
        server.wait_for("answerCallbackQuery")
        ada.private().say("那鹰石小屋呢？")
        server.wait_for("sendMessage", chat=ada.id, text="新的测量")
        since = len(server.log.entries)
        question = ada.private().say(BEDS)
        beds = server.wait_for("sendMessage", chat=ada.id, text="14张", since=since)
        question.edit("雾松小屋的看屋人是谁？")
        edited = server.wait_for("editMessageText", text="何岭")
        assert edited.message_id == beds.message_id
        assert "3020" in answer.text
        assert bot.stop() == 0


def test_group_with_topics(server: TelegramServer, alpine_file: Path, tmp_path: Path) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    with BotProcess(server, tmp_path, MODU_BASE=str(alpine_file)) as bot:
        forum = server.group(forum=True, admins=(ada,))
        server.wait_for("sendMessage", chat=forum.id, text="/ask")
        topic = forum.topic("Beds", by=ada)
        forum.say(bob, BEDS, thread=topic)
        question = forum.say(bob, f"请问@TestBot{BEDS}", thread=topic)
        answer = server.wait_for("sendMessage", reply_to=question.id)
        assert answer.thread == topic
        assert "14张" in answer.text
        follow = forum.say(ada, "那鹰石小屋呢？", reply_to=server.message(answer))
        assert "鹰石小屋" in server.wait_for("sendMessage", reply_to=follow.id).text
        bob.inline(BEDS)
        assert server.wait_for("answerInlineQuery").payload["results"][0]["title"] == BEDS
        assert bot.stop() == 0
        texts = bot.said()
        assert "床" not in texts
        assert str(bob.id) not in texts
    assert len(server.log.find("sendMessage", chat=forum.id)) == 3
