"""How people ask to check a claim (核一下, 表述准确吗, is that right), and by what words they put it."""

from __future__ import annotations

from knowledge.text.patterns import pattern


def _one_of(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_RIGHT = _one_of(
    r"准确 精确 属实 真实 确实 正确 可信 可靠 靠谱 合适 妥当 稳妥 恰当 得当 贴切 严谨 规范 成立 可以 过关 "
    r"站得住脚? 说得通 信得过 无误 没错 事实 当真 吻合 一致 相符 符合 对得上 依据 根据 出处 真 对 准 确 妥 行 "
    r"成 ok okay 没问题 没毛病 这样 (?:这|那么)?回事 "
    r"(?:真|确)?有(?:[这那]么?个?|其|此|[这那]?(?:档子|码子?|回|么?一?回))?事儿? "
    r"(?<!有)没有?(?:[写说弄搞记讲抄看听打]|理解)错 (?<!有)没有错 "
    r"(?:能|可以|可否|能否)(?:[这那]么|[这那]样|直接)?(?:[用过发登写说填]|采用|采信|刊登|见报) 当否 "
    r"(?P<either>.)不(?P=either)"
)
"""What a claim is, if it is so."""
_FAULTY = _one_of(
    r"[写说弄搞记讲抄看听打出]*错误? 有?误 问题 毛病 出入 偏差 不妥 不当 不准 差错 硬伤 纰漏 瑕疵 失实 笔误 "
    r"夸大 误导 谣言 瞎编 假 真伪 真假 对错 正误 对/错 √还?是?[/、]?[×xX]"
)
"""What it is, or has, if it is not."""
_CHECK = _one_of(
    r"核实 核对 核查 核准 核一核 复核 校准 纠正 更正 请指出 查证 查实 查核 确认 验证 求证 鉴定 鉴别 辨别 辨析 "
    r"甄别 判断 判定 辟谣 打假 校对 校正 审核 审校 审[定阅稿] 把[个下]?关 把把关 把一下关 纠错 改错 挑错 指正 "
    r"斧正 勘误 过目 批[示改] 打[个一]?[勾√钩] 核 校 验 审 判 改"
)
"""What is to be done with it."""
_AROUND = _one_of(
    r"请予? 烦请 麻烦 劳烦 劳驾 帮忙 帮 给 替 求 望 盼 敬 恳 能不能 能否 可否 可不可以 能 想 需要?要? 要 "
    r"你们? 您 我们? 咱们? 小编 本人 各位 大家 编辑 记者 作者 老师 同志 再 先 也 都 还 就 赶紧 快 如果? 若 要是 怕 "
    r"知道 晓得 确定 拿 把握 怎么 直接 拟 供 件 看看 看 瞅瞅 检查 说 讲 答 回答 告诉 过 一?[下遍眼次声] 出来 清楚 "
    r"以[上下] 上[面述] 下[面列] 如下 前述 [这那此该本]一?里?的? 一?[个句段条种处组番些道项件]个? 话 说法 "
    r"表[述达] 提法 写法 讲法 信息 数[据字值]? 消息 内容 陈述 描述 叙述 论断 结论 观点 句子 语句 用语 报道 "
    r"传[言闻] 说明 命题 题目? 事儿? 一?句 是非题 资料 材料 原文 文章 稿子? 原稿 文件 公开 来源 里面? 中 和 "
    r"跟 与 同 或 [这那]么 [这那]样 如此 照此 写 引[用述] 理解 用 发 登 填 报 概括 总结 记 记忆 印象 认识 成 "
    r"得 的话? 了 着 上去 进去 下来 究竟 到底 应该 算 是否 是不是 是 否 存在 存不存在 有没有? 有无 有 会不会 "
    r"什么 啥 任何 哪里 哪儿 地方 之处 没有? 不 吗 么 嘛 吧 呢 哈 啊 呀 谢谢 多谢 辛苦 好 / 、 一条 这一条 为 "
    r"啱 唔 系咪 㗎 嘅 × 查"
)
"""What stands around a judgement or a request and says nothing of the matter."""
_WORD = pattern(f"{_RIGHT}|{_FAULTY}|{_CHECK}|{_AROUND}")
_JUDGED = pattern(f"{_RIGHT}|{_FAULTY}|啱")
_REQUEST = pattern(f"{_CHECK}|是非题")
_ASKING = pattern(
    r"[吗么嘛否吧呢没]|不$|是不是|有无|能不能|可不可|还是|(.)不\1|真伪|真假|对错|正误|[/√]|有误|㗎|此说|真有|当真|唔啱|系咪"
    "|(?:记|讲|说|写|出)错"
)
"""Makes a question of a judgement."""
_FAULTS = pattern(f"(?:(?!{_RIGHT}).)*?{_FAULTY}")
_IF = pattern("[如若怕改]|要是|的话|指正|指出|纠正|更正")
"""Says what to do if it is wrong, and asks not whether it is."""
_ENGLISH = pattern(
    r"(?:(?:(?P<told>yes or no|right|correct|accurate|true|ok|okay|so|fact|factual|false|wrong|incorrect|fiction"
    r"|mistakes?|errors?|problems?|check|verify|confirm|fact-check|factcheck|double-check|validate|proofread|sure)"
    r"|is|was|isn't|are|am|it|this|that|these|the|a|an|following|statement|claim|sentence|wording|phrase|figure|number"
    r"|really|actually|still|please|pls|make|made|if|i'm|but|want|the right|can|could|would|will|you|i|we|me|us|for|to"
    r"|say|write|of|did|get|got|have|any|some|there|with|in|here|or|and|not|yes|no|be|quick|just|do|does|whether"
    r"|anything|something|case)(?: |, |$))+"
)
_ENGLISH_FAULTS = pattern(r"\b(?:any|some|a) (?:mistake|error|problem)|(?:any|some)thing wrong|^wrong$")
_HEAD = pattern(
    r"(?:我们?|咱们?|请|麻烦|跟?[你您]|想要?|先|再|能否|能不能|可不可以|可以|帮|帮忙)*"
    r"(?:确认|核实|求证|查证|验证|核对)(?:一?[下遍])?(?=[^,，:]{6})"
    r"|(?:请问)?(?:可不?可?以|是不是可以|能不能|是否可以|能否|能)(?:[这那]么|[这那]样)?"
    r"(?:说成?|写成?|认为|理解为|表述为|讲)(?![说讲]|一?下|[出明清完给诗])"
    r"|(?:事实核查|求证|判断题|网传|(?:难道|莫非)(?:说|真的|真|就|不?是(?!不))?(?![不没]))(?=[^,，:]{6})",
    holds=(
        "难道",
        "莫非",
        "确认",
        "核实",
        "求证",
        "查证",
        "验证",
        "核对",
        "说",
        "写",
        "认为",
        "理解为",
        "表述为",
        "讲",
        "核查",
        "判断题",
        "网传",
    ),
)
_CLAIMED = "accurate|correct|right|true|fair|ok|okay|safe|factual|a fact|the case|valid"
_ENGLISH_HEAD = pattern(
    rf"(?:is|was|would|will) (?:it|that|this) (?:be )?(?:really |actually |still |also )?(?:{_CLAIMED})"
    r"(?: to (?:say|write|state|claim|report|assert|conclude))?(?: that| if i write(?: that)?)? "
    r"|(?:can|could|may|would|will|should) (?:you|i|we|someone|anyone)(?: please| kindly| just)?"
    r" (?:confirm|verify|check|double-check|fact-check|validate|write|say|state|report|claim)"
    r"(?: for me| this| it)?(?: that| if| whether)? "
    r"|(?:please )?(?:kindly )?(?:confirm|verify|double-check|fact-check|fact check|validate)(?: that| if| whether)? "
    r"|(?:please |kindly |i want to |i'd like to )?(?:check|verify|confirm|know|make sure) (?:that|if|whether) "
    r"|(?:am i|are we) (?:right|correct)(?: in (?:thinking|saying|believing|assuming))?(?: that)? "
)
_TOLD = pattern(
    r"(?:(?:我|刚|今天)*(?:看到|读到|刷到)(?:了|过)?)?"
    r"(?:我们?|咱们?|你们?|[这那该本一]|有|单位|公司|领导|学校|官方|政府|部门|权威|某)?的?[份篇个]?"
    r"(?:新闻|调研|工作|汇报|宣传)?"
    r"(?:材料|来?稿子?|记者|初稿|文稿|通稿|文章|报告|报道|论文|作业|ppt|课件|教材|网上|帖子|资料|推文|文案|讲话稿?|简报|通报|汇报"
    r"|官方(?:数据|消息)|官网|官微|抖音|微博|知乎|小红书|群里?|朋友圈|某?公众号|某?媒体|自媒体)"
    r"(?:[上里中内]面?)?(?:有人)?(?:有?[这一]?句话?|[写说称讲提](?:到|道|着|了|的是|过)?|显示|指出|披露|[宣声]称"
    r"|引用了?)[是:,，]*"
    r"|我?在?[\u3400-\u9fff]{0,4}(?:材料|稿子|报告|文章|论文|作业)[里中上](?:写|说|提)[了到过]?"
    r"|有?(?:人|网友|老师|朋友|同事|同学|消息|媒体|传言|说法|领导|客户)(?:说|称|讲|认为|指出|告诉我)[是:,，]*"
    r"|网传|据传|据说|(?:我们?|咱|俺)?(?:之前|以前|昨天|今天|刚刚?|好像|也|都|曾|是)*听(?:说|闻|人家?说|人讲)(?!过)|我(?:一直)?(?:记得|以为|觉得|认为|理解)[是:,，]*|(?:我|在我)?的?印象[里中][是,，]*"
    r"|(?:都|总|老|一直)?说(?:是|什么)?(?![明法服起到了过话唱])",
    holds=(
        *"稿文报网群说称讲传听",
        *("材料", "记者", "作业", "ppt", "课件", "教材", "帖子", "资料"),
        *("官方", "官微", "抖音", "微博", "知乎", "小红书"),
        *("朋友圈", "公众号", "媒体", "认为", "指出", "告诉我", "记得", "以为", "觉得", "理解", "印象"),
    ),
)
_ENGLISH_TOLD = pattern(
    r"(?:my|our|the|this|one|a) (?:\w+ )?"
    r"(?:draft|article|report|text|paper|source|essay|notes?|teacher|boss|colleague|friend|slides?)"
    r" (?:says|say|claims|states|writes|wrote|said) (?:that )?"
    r"|if (?:i|we) (?:write|say|claim|report) (?:that )?"
    r"|i(?:'ve| have)? (?:wrote|written|believe|think|read|heard|said|remember) (?:that )?"
    r"|(?:it is|it's) (?:said|claimed|reported) that "
    r"|i(?:'ve| have| was|'m| am)?(?: been)?(?: just)? (?:told|informed) (?:that )?"
    r"|(?:someone|somebody|people|they|he|she|a friend|a colleague) (?:told me|told us|says?|said|claims?) (?:that )?"
)
_ENGLISH_WRAPPED = pattern(
    rf"is (?:the|this|that) (?:claim|statement|sentence|assertion|rumou?r)(?: that|:)? (?P<claim>.+) (?:{_CLAIMED})\?"
)
_ENGLISH_DECLARED = pattern(
    r"(?:so|then|wait|and|but)?,? ?(?P<claim>(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
    r"|am|list|name|tell|show|give|any|how|if|and|or)\b)[^?,;:]+?"
    r" (?:(?:is|are|was|were|has|had|isn't|aren't|wasn't|weren't|hasn't|hadn't|did not|didn't|does not|doesn't) "
    r"|(?:releases?|released|launche[sd]|founded|develop(?:s|ed)|makes?|made|owns?|owned|bought|acquired|leads?|led"
    r"|built|raised|won|started|created|belongs|published|issued) (?!(?:in|by|on|at|from|for|since|before|after)\b)).+)"
    r"\?"
)
"""A statement that nothing but its mark makes a question; companies founded in 2023? is none."""
_LONGEST = 28
"""Characters of a Chinese clause that only asks to check."""
_ENGLISH_LONGEST = 60
_LONGEST_WORD = 8


def asks_check(clause: str, *, english: bool) -> bool:
    """Whether a clause does no more than ask to check, or whether something is right."""
    if english:
        found = _ENGLISH.fullmatch(clause) if len(clause) <= _ENGLISH_LONGEST else None
        return bool(found and found["told"])
    if not says_nothing(clause, english=False):
        return False
    return bool(_REQUEST.search(clause) or (_JUDGED.search(clause) and _ASKING.search(clause)))


def asks_faults(request: str, *, english: bool) -> bool:
    """Whether it is asked if something is wrong: yes would not say that it is right."""
    if english:
        return _ENGLISH_FAULTS.search(request) is not None
    return bool(_FAULTS.match(request)) and not _IF.search(request)


def says_nothing(clause: str, *, english: bool) -> bool:
    """Whether a clause has no word of the matter (帮忙看一眼)."""
    if english:
        return len(clause) <= _ENGLISH_LONGEST and _ENGLISH.fullmatch(clause) is not None
    return len(clause) <= _LONGEST and _is_made_of_words(clause)


def _is_made_of_words(clause: str) -> bool:
    """Whether a Chinese clause is a row of words that say nothing; not by one pattern, which may take seconds."""
    reached, size = {0}, len(clause)
    for start in range(size):
        if start in reached:
            ends = range(start + 1, min(size, start + _LONGEST_WORD) + 1)
            reached.update(end for end in ends if _WORD.fullmatch(clause, start, end))
    return size > 0 and size in reached


def request_before(text: str, *, english: bool) -> str:
    """The words at the beginning of a text that ask to check the claim right behind them, '' if there are none."""
    head = (_ENGLISH_HEAD if english else _HEAD).match(text)
    return head[0] if head else ""


def declared(text: str) -> str:
    """The claim that an English question is put as (x was founded by y?, is the claim that … true?), or ''."""
    found = _ENGLISH_WRAPPED.fullmatch(text) or _ENGLISH_DECLARED.fullmatch(text)
    return found["claim"] if found else ""


def source_before(text: str, *, english: bool) -> str:
    """The words at its beginning by which somebody or something, nobody in particular, is said to say so; or ''."""
    told = (_ENGLISH_TOLD if english else _TOLD).match(text)
    return told[0] if told else ""
