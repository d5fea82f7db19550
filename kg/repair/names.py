"""Recognise the names of people under and over an article."""

from __future__ import annotations

import re

# The surnames of about 98 % of the Chinese, after the Ministry of Public Security's name report 2020.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢"
    "安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游"
    "辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应"
    "臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌"
    "奚皮粟冼蔺楼盘满闻位厉仝云伊敬宣丘海门修那哈揭辜闾展干别都逄来银茹锁贡束狄晋阎肇邸樵嵇滑藏訾"
)
_COMPOUND = frozenset(
    ["欧阳", "上官", "司马", "诸葛", "司徒", "东方", "慕容", "令狐", "皇甫", "尉迟", "公孙", "夏侯", "呼延"]
)
_PLACE_END = frozenset("区市县镇乡村省州盟旗园城港谷路街岛湾湖江河山报社网部局厅院会所室站")
_WORDS = (  # begin like a name, but are none
    "高新区 开发区 经开区 高科技 新华社 金融 文化 教育 成果 成就 成效 党建 党务 党员 "
    "商务 安全 万众 时评 石油 程序 方案 方略 任务 和谐 明天 华东 华南 华北 华中 全文 "
    "全国 全力 全会 周刊 周末 连载 关注 关键 项目 简讯 简介 时代 时讯 白皮书 农业 农村 "
    "文旅 来源 来信 原标题 "
)
_NOT_NAMES = frozenset(_WORDS.split())
_GIVEN = re.compile(r"^[\u3400-\u9fff]{1,2}$")
_FOREIGN = re.compile(r"^[\u3400-\u9fff]{1,6}·[\u3400-\u9fff·]{1,12}$")


def is_name(word: str) -> bool:
    """Whether ``word`` reads as a person's full name.

    >>> is_name("周佳"), is_name("欧阳明"), is_name("创新")
    (True, True, False)
    """
    if word in _NOT_NAMES or (word[-1:] in _PLACE_END and len(word) > 2):
        return False
    if word[:2] in _COMPOUND:
        return bool(_GIVEN.match(word[2:]))
    return (word[:1] in SURNAMES and bool(_GIVEN.match(word[1:]))) or bool(_FOREIGN.match(word))


def split_names(text: str) -> tuple[str, ...]:
    """Read a list of names, spaced, dotted or run together; empty unless all of it is names.

    >>> split_names("张 三 李小四")
    ('张三', '李小四')
    >>> split_names("张三李四")
    ('张三', '李四')
    """
    names: list[str] = []
    pending = ""
    for word in re.split(r"[ 、，,/]+", text.strip(" 、，,/")):
        whole = pending + word
        if len(word) == 1 and not pending:
            pending = word
        elif is_name(whole):
            names.append(whole)
            pending = ""
        elif parts := _run_together(whole):
            names += parts
            pending = ""
        else:
            return ()
    return () if pending else tuple(names)


def _run_together(word: str) -> tuple[str, ...]:
    """Split names without spaces between them, such as a letter-spaced line leaves."""
    if len(word) not in (4, 5, 6) or word[:2] in _COMPOUND:
        return ()
    middle = {4: (2,), 5: (2, 3), 6: (3,)}[len(word)]
    for at in middle:
        if is_name(word[:at]) and is_name(word[at:]):
            return (word[:at], word[at:])
    return ()
